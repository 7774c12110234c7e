//! Names that end in `.local` and the machines of one network tell each other (multicast DNS, RFC 6762). C libraries ask
//! for them only where somebody set that up, and musl's never does.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use simple_dns::rdata::RData;
use simple_dns::{CLASS, Name, Packet, PacketFlag, QCLASS, QTYPE, Question, TYPE};
use tokio::net::{UdpSocket, lookup_host};
use tokio::time::{Instant, timeout_at};

/// Where questions go (RFC 6762, 3).
const GROUP: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::new(224, 0, 0, 251)), PORT);

/// The port that all ask, and that answers come from.
const PORT: u16 = 5353;

/// What is lost is asked again after so long, so often (RFC 6762, 5.2).
const ASK_EVERY: Duration = Duration::from_millis(700);
const ASK_MOST: u32 = 3;

/// Bytes of the largest answer that is read.
const ANSWER_MOST: usize = 9000;

/// The addresses of a host.
pub(super) async fn resolve(host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
    let system = async { lookup_host((host, port)).await.map(Vec::from_iter) };
    if !is_local(host) {
        return system.await;
    }
    let mut why = None;
    let system = async { system.await.map_err(|error| why = Some(error)) };
    let told = async { ask(host).await.map(|found| found.into_iter().map(|at| (at, port).into()).collect()) };
    tokio::select! {
        Ok(found) = system => return Ok(found),
        Ok(found) = told => return Ok(found),
        else => {}
    }
    Err(why.unwrap_or_else(|| io::ErrorKind::NotFound.into()))
}

fn is_local(host: &str) -> bool {
    let parts = host.trim_end_matches('.').rsplit_once('.');
    parts.is_some_and(|(_, last)| last.eq_ignore_ascii_case("local"))
}

/// Asks from another port than the one of those who always listen, so that the answer comes here alone (RFC 6762, 6.7).
async fn ask(host: &str) -> io::Result<Vec<IpAddr>> {
    let question = question(host).map_err(io::Error::other)?;
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).await?;
    for _ in 0..ASK_MOST {
        socket.send_to(&question, GROUP).await?;
        if let Ok(found) = timeout_at(Instant::now() + ASK_EVERY, answer(&socket, host)).await {
            return found;
        }
    }
    Err(io::ErrorKind::TimedOut.into())
}

/// Both kinds of address, from whoever has them.
fn question(host: &str) -> simple_dns::Result<Vec<u8>> {
    let mut packet = Packet::new_query(0);
    for kind in [TYPE::A, TYPE::AAAA] {
        let asked = Question::new(Name::new(host)?, QTYPE::TYPE(kind), QCLASS::CLASS(CLASS::IN), true);
        packet.questions.push(asked);
    }
    packet.build_bytes_vec()
}

async fn answer(socket: &UdpSocket, host: &str) -> io::Result<Vec<IpAddr>> {
    let mut bytes = vec![0; ANSWER_MOST];
    loop {
        let (length, from) = socket.recv_from(&mut bytes).await?;
        let found = if from.port() == PORT { addresses(&bytes[..length], host) } else { vec![] };
        if !found.is_empty() {
            return Ok(found);
        }
    }
}

/// Those that an answer gives to a name; an address of one line says nothing without the line.
fn addresses(answer: &[u8], host: &str) -> Vec<IpAddr> {
    let Ok(packet) = Packet::parse(answer) else { return vec![] };
    if !packet.has_flags(PacketFlag::RESPONSE) {
        return vec![];
    }
    let asked = host.trim_end_matches('.');
    let named = packet.answers.iter().filter(|record| record.name.to_string().eq_ignore_ascii_case(asked));
    let found = named.filter_map(|record| match &record.rdata {
        RData::A(found) => Some(IpAddr::from(found.address.to_be_bytes())),
        RData::AAAA(found) => Some(IpAddr::from(found.address.to_be_bytes())),
        _ => None,
    });
    found
        .filter(|address| !matches!(address, IpAddr::V6(address) if address.is_unicast_link_local()))
        .collect()
}

#[cfg(test)]
mod tests {
    use simple_dns::ResourceRecord;
    use simple_dns::rdata::{A, AAAA};

    use super::*;

    #[test]
    fn names_of_one_network_end_in_local() {
        for local in ["pi.local", "PI.LOCAL", "pi.local.", "a.b.local"] {
            assert!(is_local(local), "{local}");
        }
        for other in ["local", "pi", "pi.local.example", "pilocal", "", "192.168.1.2", "::1"] {
            assert!(!is_local(other), "{other}");
        }
    }

    #[test]
    fn what_is_asked_is_both_kinds_of_address_and_an_answer_to_whoever_asked() {
        let bytes = question("pi.local").unwrap();
        let asked = Packet::parse(&bytes).unwrap();
        let kinds: Vec<_> = asked.questions.iter().map(|question| question.qtype).collect();
        assert_eq!(kinds, [QTYPE::TYPE(TYPE::A), QTYPE::TYPE(TYPE::AAAA)]);
        assert!(asked.questions.iter().all(|question| question.unicast_response));
        assert!(question(&"x".repeat(64)).is_err(), "a label of 64 bytes");
    }

    fn told(name: &str, is_answer: bool) -> Vec<u8> {
        let mut packet = if is_answer { Packet::new_reply(0) } else { Packet::new_query(0) };
        for rdata in [
            RData::A(A { address: u32::from(Ipv4Addr::new(192, 168, 7, 9)) }),
            RData::AAAA(AAAA { address: "fe80::1".parse::<std::net::Ipv6Addr>().unwrap().into() }),
            RData::AAAA(AAAA { address: "fd00::1".parse::<std::net::Ipv6Addr>().unwrap().into() }),
        ] {
            packet.answers.push(ResourceRecord::new(Name::new(name).unwrap(), CLASS::IN, 120, rdata));
        }
        packet.build_bytes_vec().unwrap()
    }

    #[test]
    fn an_answer_is_of_the_name_that_was_asked_for_and_no_more_of_it_is_read_than_there_is() {
        let expected: [IpAddr; 2] = ["192.168.7.9".parse().unwrap(), "fd00::1".parse().unwrap()];
        let answer = told("PI.local", true);
        assert_eq!(addresses(&answer, "pi.local"), expected);
        assert_eq!(addresses(&answer, "pi.local."), expected);
        assert!(addresses(&answer, "other.local").is_empty());
        assert!(addresses(&told("pi.local", false), "pi.local").is_empty(), "a question");
        for length in 0..answer.len() {
            let _ = addresses(&answer[..length], "pi.local");
        }
    }
}
