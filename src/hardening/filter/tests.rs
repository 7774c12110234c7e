//! The filter, run as the kernel runs it. `packaging/tests/filter` runs these on every processor.
#![allow(
    clippy::unwrap_used,
    clippy::cast_sign_loss,
    clippy::cast_possible_truncation,
    clippy::unnecessary_cast
)]

use std::collections::BTreeSet;

use nix::libc::{self, sock_filter};
use sanctuary_harden::filter::{
    ALLOW, KILL, NO_SUCH_CALL, NOT_PERMITTED, PROCESSOR, is_known, little_endian, number, program,
};

use super::CALLS;

const PROCESS: u32 = 4711;

/// What the filter answers to a call, run as the kernel runs it (`struct seccomp_data`,
/// seccomp(2)).
fn answer(filter: &[sock_filter], processor: u32, call: u32, arguments: [u64; 6]) -> u32 {
    let mut data = [call.to_le_bytes(), processor.to_le_bytes(), [0; 4], [0; 4]].concat();
    data.extend(arguments.iter().flat_map(|argument| argument.to_le_bytes()));
    let (mut next, mut loaded) = (0, 0);
    loop {
        let sock_filter { code, jt, jf, k } = filter[next];
        let jump = |is_so| usize::from(if is_so { jt } else { jf });
        next += 1;
        match u32::from(code) {
            0x20 => loaded = u32::from_le_bytes(data[k as usize..][..4].try_into().unwrap()),
            0x54 => loaded &= k,
            0x15 => next += jump(loaded == k),
            0x25 => next += jump(loaded > k),
            0x35 => next += jump(loaded >= k),
            0x06 => return k,
            other => panic!("no instruction of this filter: {other:#x}"),
        }
    }
}

fn ours(call: u32, arguments: [u64; 6]) -> u32 {
    let processor = PROCESSOR.unwrap();
    answer(&program(processor, PROCESS, &CALLS), processor, call, arguments)
}

/// Numbers as the kernel's own tables have them: what is allowed whatever its arguments, what is
/// not permitted (run a program, fork, socket, leave semaphores and queues, `fchmodat2`,
/// `io_uring`), what does not exist.
#[cfg(target_arch = "x86_64")]
const SAMPLES: [&[u32]; 3] = [
    &[1, 3, 7, 12, 20, 21, 45, 228, 231, 232, 281, 288, 318, 332],
    &[
        2, 22, 32, 33, 41, 42, 46, 47, 53, 56, 57, 59, 62, 64, 79, 101, 112, 157, 240, 291, 319, 336, 424,
        425, 435, 437, 452, 470,
    ],
    &[337, 386, 423, 471, 1023, 9999, 0x3FFF_FFFF],
];
#[cfg(target_arch = "aarch64")]
const SAMPLES: [&[u32]; 3] = [
    &[21, 22, 48, 57, 66, 73, 80, 94, 113, 207, 214, 242, 278, 291],
    &[
        17, 20, 23, 24, 59, 129, 157, 167, 180, 190, 198, 199, 203, 211, 212, 220, 221, 243, 260, 279, 294,
        424, 425, 435, 437, 452, 470,
    ],
    &[244, 259, 295, 402, 423, 471, 1023, 9999, 0xF_0002, 0xFFFF_FFFF],
];
#[cfg(target_arch = "arm")]
const SAMPLES: [&[u32]; 3] = [
    &[4, 6, 33, 45, 119, 146, 168, 173, 248, 251, 252, 289, 291, 292, 366, 384, 397, 403],
    &[
        2, 11, 41, 42, 63, 66, 120, 172, 183, 274, 281, 283, 288, 296, 297, 299, 385, 401, 404, 425, 435,
        437, 452, 470, 0xF_0001, 0xF_0005, 0xF_0006,
    ],
    &[402, 471, 1023, 9999, 0xF_0000, 0xF_0007, 0xFFFF_FFFF],
];

#[test]
fn what_is_listed_is_allowed_what_is_known_is_not_permitted_and_the_rest_does_not_exist() {
    for (numbers, expected) in SAMPLES.iter().zip([ALLOW, NOT_PERMITTED, NO_SUCH_CALL]) {
        for number in *numbers {
            assert_eq!(ours(*number, [u64::MAX; 6]), expected, "system call {number}");
        }
    }
    // No call is allowed with these arguments that is not allowed with all, but for reading.
    let mut allowed: BTreeSet<u32> =
        CALLS.allowed.iter().copied().flatten().map(|call| number(*call)).collect();
    allowed.insert(number(libc::SYS_read));
    for call in (0..1024).chain(0xF_0000..0xF_0010) {
        let expected = if allowed.contains(&call) {
            ALLOW
        } else if is_known(call) {
            NOT_PERMITTED
        } else {
            NO_SUCH_CALL
        };
        assert_eq!(ours(call, [u64::MAX; 6]), expected, "system call {call}");
    }
}

#[test]
fn no_call_stands_twice_and_all_that_are_listed_are_known() {
    let mut seen = BTreeSet::new();
    let with = CALLS.allowed_with.iter().map(|(call, _)| call);
    for call in CALLS.allowed.iter().copied().flatten().chain(with).copied() {
        assert!(seen.insert(call), "{call}");
        assert!(is_known(number(call)), "{call}");
    }
}

#[test]
fn other_processors_calls_end_the_process() {
    let named =
        [(libc::EM_X86_64, true), (libc::EM_AARCH64, true), (libc::EM_ARM, false), (libc::EM_386, false)]
            .map(|(machine, has_64_bits)| little_endian(machine, has_64_bits));
    assert_eq!(named, [0xC000_003E, 0xC000_00B7, 0x4000_0028, 0x4000_0003]); // linux/audit.h
    let filter = program(PROCESSOR.unwrap(), PROCESS, &CALLS);
    for other in named.into_iter().filter(|other| PROCESSOR != Some(*other)) {
        for call in 0..1024 {
            assert_eq!(answer(&filter, other, call, [0; 6]), KILL);
        }
    }
    if cfg!(target_arch = "x86_64") {
        for call in [0x4000_0000, 0x4000_002D, 0xFFFF_FFFF] {
            assert_eq!(ours(call, [0; 6]), KILL);
        }
    }
}

#[test]
fn arguments_decide_where_a_call_serves_good_and_evil() {
    use libc::*;
    #[cfg(target_arch = "arm")]
    let (mmap, fcntl) = (SYS_mmap2, SYS_fcntl64);
    #[cfg(not(target_arch = "arm"))]
    let (mmap, fcntl) = (SYS_mmap, SYS_fcntl);
    let open = |flags: c_int| (SYS_openat, [0, 0, flags as u64, 0, 0, 0]);
    let descriptor = |call: c_long, fd: u64| (call, [fd, 0, 0, 0, 0, 0]);
    let ioctl = |fd: u64, request: u64| (SYS_ioctl, [fd, request, 0, 0, 0, 0]);
    let option = |level: c_int, name: c_int| (SYS_setsockopt, [3, level as u64, name as u64, 0, 4, 0]);
    let second = |call: c_long, value: c_int| (call, [3, value as u64, 0, 0, 0, 0]);
    let third = |call: c_long, value: c_int| (call, [0, 0, value as u64, 0, 0, 0]);
    let good = [
        #[cfg(any(target_arch = "x86_64", target_arch = "arm"))]
        second(SYS_open, O_RDONLY | O_CLOEXEC),
        open(O_RDONLY),
        open(O_RDONLY | O_CLOEXEC | O_NOCTTY),
        descriptor(SYS_read, 3),
        descriptor(SYS_read, 65535),
        ioctl(3, 0x5421),
        option(IPPROTO_TCP, TCP_NODELAY),
        second(fcntl, F_GETFL),
        second(fcntl, F_GETFD),
        second(fcntl, F_SETFD),
        third(mmap, PROT_NONE),
        third(mmap, PROT_READ | PROT_WRITE),
        third(SYS_mprotect, PROT_READ),
        third(SYS_madvise, MADV_DONTNEED),
        third(SYS_madvise, MADV_FREE),
        second(SYS_futex, FUTEX_WAIT | FUTEX_PRIVATE_FLAG),
        second(SYS_futex, FUTEX_WAKE),
        second(SYS_futex, FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME),
        (SYS_sendto, [3, 0x1000, 10, 0, 0, 0]),
        (SYS_tgkill, [PROCESS.into(), 1, 6, 0, 0, 0]),
        (SYS_tkill, [PROCESS.into(), 6, 0, 0, 0, 0]),
    ];
    let evil = [
        #[cfg(any(target_arch = "x86_64", target_arch = "arm"))]
        second(SYS_open, O_WRONLY),
        #[cfg(any(target_arch = "x86_64", target_arch = "arm"))]
        second(SYS_open, O_RDONLY | O_CREAT),
        open(O_WRONLY),
        open(O_RDWR),
        open(O_RDONLY | O_CREAT),
        open(O_RDONLY | O_TRUNC),
        open(O_RDONLY | O_APPEND),
        open(O_TMPFILE | O_RDWR),
        descriptor(SYS_read, 0),
        descriptor(SYS_read, 1),
        descriptor(SYS_read, 2),
        // The kernel looks at the lower half alone.
        descriptor(SYS_read, 0xFFFF_FFFF_0000_0001),
        ioctl(1, 0x5421),
        ioctl(3, 0x5412),                // TIOCSTI
        ioctl(3, 0xFFFF_FFFF_0000_5412), // the same to the kernel
        ioctl(3, 0x541C),                // TIOCLINUX
        ioctl(3, 0x540E),                // TIOCSCTTY
        ioctl(3, 0x5423),                // TIOCSETD
        ioctl(3, 0x4B47),                // KDSKBENT
        ioctl(3, 0x8901),                // FIOSETOWN
        ioctl(3, 0x5452),                // FIOASYNC
        ioctl(3, 0),
        option(SOL_SOCKET, SO_ATTACH_FILTER),
        option(SOL_SOCKET, TCP_NODELAY), // SO_DEBUG
        option(IPPROTO_TCP, TCP_ULP),
        second(fcntl, F_SETFL),
        second(fcntl, F_DUPFD),
        second(fcntl, F_DUPFD_CLOEXEC),
        second(fcntl, F_SETOWN),
        second(fcntl, F_SETLEASE),
        third(mmap, PROT_READ | PROT_EXEC),
        third(SYS_mprotect, PROT_EXEC),
        third(SYS_madvise, 21), // MADV_PAGEOUT
        third(SYS_madvise, MADV_DODUMP),
        second(SYS_futex, FUTEX_REQUEUE),
        second(SYS_futex, FUTEX_LOCK_PI | FUTEX_PRIVATE_FLAG),
        (SYS_sendto, [3, 0x1000, 10, 0, 0x2000, 16]),
        (SYS_sendto, [3, 0x1000, 10, 0, 1 << 32, 16]),
        (SYS_tgkill, [1, 1, 9, 0, 0, 0]),
        (SYS_tgkill, [u64::MAX, 1, 9, 0, 0, 0]),
        (SYS_tkill, [1, 9, 0, 0, 0, 0]),
    ];
    for (calls, expected) in [(&good[..], ALLOW), (&evil[..], NOT_PERMITTED)] {
        for (call, arguments) in calls {
            assert_eq!(
                ours(number(*call as c_long), *arguments),
                expected,
                "system call {call} {arguments:x?}"
            );
        }
    }
}
