//! Decoders in processes of their own. Decoders have faults, and what others send finds them: one that meets such a fault
//! ends, and the program goes on. Each is closed in as the program is, knows nothing but the pictures that it is given, and
//! is ended where one takes too long or too much memory.

use std::env;
use std::io::{self, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{ChildStdin, ChildStdout, Command, ExitCode, Stdio};

use nix::sys::prctl;
use nix::sys::resource::{Resource, setrlimit};
use nix::sys::signal::Signal;
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
#[derive(Debug, Default)]
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
        receive(&mut self.from)
    }
}

fn send(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(bytes)?;
    to.flush()
}

fn receive(from: &mut impl Read) -> io::Result<Option<Miniature>> {
    let mut next = || {
        let mut bytes = [0; 2];
        from.read_exact(&mut bytes).map(|()| usize::from(u16::from_le_bytes(bytes)))
    };
    let size = Size { width: next()?, height: next()? };
    if size.pixels() == 0 {
        return Ok(None);
    }
    // A picture that is turned is as small, but not as wide.
    if size.pixels() > KEPT_MOST.pixels() {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut pixels = Zeroizing::new(vec![0; size.pixels() * CHANNELS]);
    from.read_exact(&mut pixels)?;
    Ok(Some(Miniature { size, pixels }))
}

/// Whether this process was begun as a decoder; then it is one until its end.
pub(crate) fn serve() -> Option<ExitCode> {
    if env::args_os().next()? != NAME {
        return None;
    }
    panics::hush();
    // Without these it would not be bounded, so that it does nothing.
    let is_bounded = prctl::set_pdeathsig(Signal::SIGKILL).is_ok()
        && sanctuary_harden::forbid_dumps().is_ok()
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
    // The program may be stopped for a while, and read the answer later.
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

#[cfg(test)]
mod tests {
    use super::super::tests::{black, vector};
    use super::*;

    /// One that is turned by its Exif (after its header, a PNG's first 33 bytes).
    fn turned(width: u32, height: u32) -> Vec<u8> {
        let (picture, turned) = (black(width, height), vector("turned.png"));
        [&picture[..33], &turned[33..71], &picture[33..]].concat()
    }

    #[test]
    fn whatever_a_picture_is_the_next_answer_is_of_the_next_picture() {
        let (mut asked, mut answered) = (vec![], vec![]);
        let pictures =
            [turned(192, 112), turned(1600, 1200), b"none".to_vec(), black(3, 2), black(1600, 1600)];
        for picture in &pictures {
            send(&mut asked, picture).unwrap();
        }
        let mut asked = &asked[..];
        while decode_next(&mut asked, &mut answered).is_ok() {}
        let mut answered = &answered[..];
        let mut next =
            || receive(&mut answered).unwrap().map(|decoded| (decoded.size.width, decoded.size.height));
        let sizes: Vec<_> = pictures.iter().map(|_| next()).collect();
        assert_eq!(sizes, [Some((112, 192)), Some((112, 149)), None, Some((3, 2)), Some((112, 112))]);
        assert!(answered.is_empty());
    }

    #[test]
    fn an_answer_that_is_larger_than_any_ends_its_decoder() {
        let Size { width, height } = KEPT_MOST;
        for (width, height, is_read) in
            [(width, height, true), (height, width, true), (width, height + 1, false)]
        {
            let sides = [width, height].map(|side| u16::try_from(side).unwrap().to_le_bytes());
            let answer = [sides.concat(), vec![7; width * height * CHANNELS]].concat();
            assert_eq!(receive(&mut &answer[..]).is_ok(), is_read);
        }
    }
}
