//! Decoders in processes of their own. Decoders have faults, and what others send finds them: one that meets such a fault
//! ends, and the program goes on. Each is closed in as the program is, knows nothing but the pictures that it is given, and
//! is ended where one takes too long or too much memory.

use std::env;
use std::io::{self, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{ChildStdin, ChildStdout, Command, ExitCode, Stdio};

use nix::sys::resource::{Resource, setrlimit};
use nix::unistd::alarm;
use tokio::sync::oneshot;
use zeroize::Zeroizing;

use super::{BYTES_MOST, CHANNELS, KEPT_MOST, Miniature, Size};
use crate::confine::confine;
use crate::panics;

/// Decoders that are begun, since none can be later; once all have ended, pictures are told and not drawn.
const DECODERS: usize = 3;

/// Seconds after which a decoder that is not done ends. The largest picture takes a slow machine less.
const WITHIN: u32 = 10;

/// Bytes that a decoder may take; the largest picture takes half.
const MEMORY_MOST: u64 = 64 << 20;

/// By this name the program knows that it is a decoder.
const NAME: &str = "sanctuary-join-pictures";

/// Decoders that wait for pictures.
#[derive(Debug)]
pub(crate) struct Decoders(Vec<Decoder>);

/// A process that decodes one picture after the other, and ends with the program.
#[derive(Debug)]
struct Decoder {
    to: ChildStdin,
    from: ChildStdout,
}

impl Decoders {
    /// Begins them, fewer where the system does not. Nothing can be begun once the program is closed in.
    pub(crate) fn begin() -> Self {
        Self((0..DECODERS).map_while(|_| Decoder::begin().ok()).collect())
    }

    pub(crate) fn none() -> Self {
        Self(vec![])
    }

    /// Has a picture decoded; nothing comes of one that can't be, or that ends its decoder.
    pub(crate) fn decode(&mut self, bytes: &[u8]) -> Option<Miniature> {
        let decoded = self.0.last_mut()?.decode(bytes);
        if decoded.is_err() {
            self.0.pop();
        }
        decoded.unwrap_or_default()
    }
}

impl Decoder {
    fn begin() -> io::Result<Self> {
        let mut program = Command::new("/proc/self/exe");
        program.arg0(NAME).env_clear().current_dir("/");
        program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut begun = program.spawn()?;
        match (begun.stdin.take(), begun.stdout.take()) {
            (Some(to), Some(from)) => Ok(Self { to, from }),
            _ => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn decode(&mut self, bytes: &[u8]) -> io::Result<Option<Miniature>> {
        if bytes.len() > BYTES_MOST {
            return Ok(None);
        }
        send(&mut self.to, bytes)?;
        let mut next = || receive(&mut self.from).map(usize::from);
        let size = Size { width: next()?, height: next()? };
        let is_kept =
            (1..=KEPT_MOST.width).contains(&size.width) && (1..=KEPT_MOST.height).contains(&size.height);
        if !is_kept {
            return Ok(None);
        }
        let mut pixels = Zeroizing::new(vec![0; size.pixels() * CHANNELS]);
        self.from.read_exact(&mut pixels)?;
        Ok(Some(Miniature { size, pixels }))
    }
}

fn send(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(bytes)?;
    to.flush()
}

fn receive(from: &mut impl Read) -> io::Result<u16> {
    let mut bytes = [0; 2];
    from.read_exact(&mut bytes)?;
    Ok(u16::from_le_bytes(bytes))
}

/// Whether this process was begun as a decoder; then it is one until its end.
pub(crate) fn serve() -> Option<ExitCode> {
    if env::args_os().next()? != NAME {
        return None;
    }
    panics::hush();
    // Without these it would not be bounded, so that it does nothing.
    let is_bounded = sanctuary_harden::forbid_dumps().is_ok()
        && setrlimit(Resource::RLIMIT_DATA, MEMORY_MOST, MEMORY_MOST).is_ok();
    if !is_bounded {
        return Some(ExitCode::FAILURE);
    }
    // The program itself tells what is missing of this.
    let (outgrown, _) = oneshot::channel();
    confine(&[], &[], outgrown);
    let (mut stdin, mut stdout) = (io::stdin().lock(), io::stdout().lock());
    while decode_next(&mut stdin, &mut stdout).is_ok() {}
    Some(ExitCode::SUCCESS)
}

fn decode_next(from: &mut impl Read, to: &mut impl Write) -> io::Result<()> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let length = usize::try_from(u32::from_le_bytes(length)).map_err(io::Error::other)?;
    let mut bytes = Zeroizing::new(vec![0; length.min(BYTES_MOST)]);
    from.read_exact(&mut bytes)?;
    alarm::set(WITHIN);
    let decoded = Miniature::decode(&bytes);
    alarm::cancel();
    let size = decoded.as_ref().map_or(Size { width: 0, height: 0 }, |decoded| decoded.size);
    for side in [size.width, size.height] {
        to.write_all(&u16::try_from(side).map_err(io::Error::other)?.to_le_bytes())?;
    }
    if let Some(decoded) = &decoded {
        to.write_all(&decoded.pixels)?;
    }
    to.flush()
}
