//! What no relay can beat without gathering: for each message one read, and for each member one write.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::thread::JoinHandle;
use std::time::Duration;

use nix::time::ClockId;

use crate::Result;
use crate::cores::on_daemons_core;
use crate::peer::say;

/// Processor time of writing `delivery` to each of `members` members after each of `messages`.
pub(crate) fn cpu_time(members: usize, messages: usize, delivery: &[u8]) -> Result<Duration> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let (mut peers, mut ours) = (Vec::new(), Vec::new());
    for _ in 0..members {
        let peer = TcpStream::connect(listener.local_addr()?)?;
        let (stream, _) = listener.accept()?;
        peer.set_nodelay(true)?;
        stream.set_nodelay(true)?;
        peers.push(peer);
        ours.push(stream);
    }
    let bytes = delivery.to_vec();
    let writer: JoinHandle<std::io::Result<Duration>> =
        on_daemons_core(|| Ok(std::thread::spawn(move || relay(ours, messages, &bytes))))?;

    let message = say();
    let mut taken = vec![0; delivery.len()];
    for _ in 0..messages {
        peers[0].write_all(&message)?;
        for peer in &mut peers {
            peer.read_exact(&mut taken)?;
        }
    }
    Ok(writer.join().map_err(|_| "the bare writer has failed")??)
}

fn relay(mut streams: Vec<TcpStream>, messages: usize, delivery: &[u8]) -> std::io::Result<Duration> {
    let mut message = say();
    let before = Duration::from(ClockId::CLOCK_THREAD_CPUTIME_ID.now()?);
    for _ in 0..messages {
        streams[0].read_exact(&mut message)?;
        for stream in &mut streams {
            stream.write_all(delivery)?;
        }
    }
    Ok(Duration::from(ClockId::CLOCK_THREAD_CPUTIME_ID.now()?).saturating_sub(before))
}
