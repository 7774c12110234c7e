//! The system calls that this program makes once it is under way, each group with its reason; a filter allows them and no
//! others (seccomp(2)). Resolvers make the most of them, and differ from C library to C library.
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::unnecessary_cast)] // small numbers, of other types elsewhere

use nix::libc::{self, c_long};
use sanctuary_harden::filter::{
    Argument, Calls, FCNTL, MMAP, WAITING, WRITING, enforce, given, has, has_not, is, is_but_for, is_itself,
    is_not,
};
#[cfg(target_arch = "arm")]
use sanctuary_harden::filter::{CLOCK_GETTIME64, FUTEX_TIME64};

/// The crate does not name it on each processor.
#[cfg(target_arch = "arm")]
const RSEQ: c_long = 398;
#[cfg(not(target_arch = "arm"))]
const RSEQ: c_long = libc::SYS_rseq;

/// Says why there is no filter.
pub(super) fn close() -> Result<(), String> {
    match enforce(&CALLS) {
        Ok(None) => Ok(()),
        Ok(Some(why)) => Err(why.to_owned()),
        Err(why) => Err(why.to_string()),
    }
}

pub(super) const CALLS: Calls = Calls { allowed: ALLOWED, allowed_with: ALLOWED_WITH, hidden: HIDDEN };

/// Allowed with any arguments.
const ALLOWED: &[&[c_long]] = &[
    // Read from the connection and the terminal, write to them, wait for both, and for signals and time.
    &[libc::SYS_read, libc::SYS_write, libc::SYS_readv, libc::SYS_writev, libc::SYS_recvfrom],
    &[libc::SYS_epoll_ctl, libc::SYS_epoll_pwait, libc::SYS_ppoll, libc::SYS_close, libc::SYS_shutdown],
    #[cfg(any(target_arch = "x86_64", target_arch = "arm"))]
    &[libc::SYS_epoll_wait, libc::SYS_poll],
    #[cfg(target_arch = "arm")]
    &[libc::SYS_recv, libc::SYS_send, PPOLL_TIME64],
    // Begin to wait for the terminal and for signals.
    &[libc::SYS_epoll_create1, libc::SYS_eventfd2, libc::SYS_pipe2],
    // Connect, and ask resolvers.
    &[libc::SYS_connect, libc::SYS_bind, libc::SYS_getsockname, libc::SYS_getpeername, libc::SYS_getsockopt],
    &[libc::SYS_recvmsg, libc::SYS_uname],
    // Draw keys and nonces.
    &[libc::SYS_getrandom],
    // Read the clock where the kernel has no page for it, and wait.
    &[libc::SYS_clock_gettime, libc::SYS_clock_nanosleep, libc::SYS_nanosleep],
    #[cfg(target_arch = "arm")]
    &[CLOCK_GETTIME64, CLOCK_NANOSLEEP_TIME64],
    // Take memory, lock it and give it back. (mmap and mprotect stand below.)
    &[libc::SYS_brk, libc::SYS_munmap, libc::SYS_mremap, libc::SYS_mlock2],
    // Read what resolvers read.
    &[libc::SYS_statx, libc::SYS_fstat, libc::SYS_readlinkat, libc::SYS_lseek, libc::SYS_faccessat],
    #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
    &[libc::SYS_newfstatat],
    #[cfg(any(target_arch = "x86_64", target_arch = "arm"))]
    &[libc::SYS_readlink, libc::SYS_stat, libc::SYS_lstat, libc::SYS_access],
    #[cfg(target_arch = "arm")]
    &[libc::SYS_fstatat64, libc::SYS_fstat64, libc::SYS_stat64, libc::SYS_lstat64, libc::SYS__llseek],
    // Handle signals, and continue after one, or after Ctrl-Z.
    &[libc::SYS_rt_sigaction, libc::SYS_rt_sigprocmask, libc::SYS_rt_sigreturn, libc::SYS_sigaltstack],
    &[libc::SYS_restart_syscall],
    // Bound the time that a picture takes.
    &[libc::SYS_setitimer],
    #[cfg(target_arch = "x86_64")]
    &[libc::SYS_alarm],
    #[cfg(target_arch = "arm")]
    &[libc::SYS_sigreturn],
    // Begin a thread, as C libraries do, and see it end. (clone stands below.)
    &[libc::SYS_set_robust_list, RSEQ, libc::SYS_sched_getaffinity, libc::SYS_sched_yield],
    // Ask who this is, and end.
    &[
        libc::SYS_getpid,
        libc::SYS_gettid,
        libc::SYS_getuid,
        libc::SYS_geteuid,
        libc::SYS_getgid,
        libc::SYS_getegid,
    ],
    &[libc::SYS_exit_group, libc::SYS_exit],
];

/// Allowed with these arguments alone.
const ALLOWED_WITH: &[(c_long, &[Argument])] = &[
    // Send over what is connected. With this flag a call connects as well, which Landlock does not see.
    (libc::SYS_sendto, &[has_not(3, libc::MSG_FASTOPEN as u32)]),
    (libc::SYS_sendmsg, &[has_not(2, libc::MSG_FASTOPEN as u32)]),
    (libc::SYS_sendmmsg, &[has_not(3, libc::MSG_FASTOPEN as u32)]),
    // Sockets to hosts, by the protocols that Landlock judges or resolvers need, and to the kernel's list of addresses. Over
    // sockets of this machine one reaches what starts programs and holds keys.
    (
        libc::SYS_socket,
        &[
            is(0, &[libc::AF_INET as u32, libc::AF_INET6 as u32, libc::AF_NETLINK as u32]),
            is_but_for(
                1,
                SOCKET_FLAGS,
                &[libc::SOCK_STREAM as u32, libc::SOCK_DGRAM as u32, libc::SOCK_RAW as u32],
            ),
            is(2, &[0, libc::IPPROTO_TCP as u32, libc::IPPROTO_UDP as u32]),
            given(0, libc::AF_INET as u32, is_but_for(1, SOCKET_FLAGS, CONNECTED)),
            given(0, libc::AF_INET6 as u32, is_but_for(1, SOCKET_FLAGS, CONNECTED)),
            given(0, libc::AF_NETLINK as u32, is(2, &[libc::NETLINK_ROUTE as u32])),
        ],
    ),
    (libc::SYS_socketpair, &[is(0, &[libc::AF_UNIX as u32])]),
    // Send without delay, and hear of errors as resolvers do. Other options open much of the kernel.
    (
        libc::SYS_setsockopt,
        &[
            is(1, &[libc::IPPROTO_TCP as u32, libc::IPPROTO_IP as u32, libc::IPPROTO_IPV6 as u32]),
            is_not(2, &[libc::TCP_FASTOPEN_CONNECT as u32, libc::TCP_ULP as u32]),
        ],
    ),
    // How the terminal is set and how large it is, and whether a socket blocks. Other requests can type into it.
    (
        libc::SYS_ioctl,
        &[is(
            1,
            &[
                libc::TCGETS as u32,
                libc::TCSETS as u32,
                libc::TCSETSW as u32,
                libc::TCSETSF as u32,
                libc::TCGETS2 as u32,
                libc::TCSETS2 as u32,
                libc::TCSETSW2 as u32,
                libc::TCSETSF2 as u32,
                libc::TIOCGWINSZ as u32,
                libc::FIONBIO as u32,
                libc::FIONREAD as u32,
            ],
        )],
    ),
    (
        FCNTL,
        &[is(
            1,
            &[
                libc::F_GETFL as u32,
                libc::F_SETFL as u32,
                libc::F_GETFD as u32,
                libc::F_SETFD as u32,
                libc::F_DUPFD_CLOEXEC as u32,
            ],
        )],
    ),
    #[cfg(any(target_arch = "x86_64", target_arch = "arm"))]
    (libc::SYS_open, &[has_not(1, WRITING)]),
    (libc::SYS_openat, &[has_not(2, WRITING)]),
    // Take memory that can't be executed, but where resolvers are libraries.
    (MMAP, &[has_not(2, EXECUTABLE)]),
    (libc::SYS_mprotect, &[has_not(2, EXECUTABLE)]),
    (libc::SYS_madvise, &[is(2, &[libc::MADV_DONTNEED as u32, libc::MADV_FREE as u32, MADV_GUARD_INSTALL])]),
    // Wait for a lock and release it; other operations have been ways into the kernel.
    (libc::SYS_futex, &[WAITING]),
    #[cfg(target_arch = "arm")]
    (FUTEX_TIME64, &[WAITING]),
    // A thread, and no process.
    (libc::SYS_clone, &[has(0, &[libc::CLONE_THREAD as u32])]),
    (libc::SYS_prctl, &[is(0, &[libc::PR_SET_NAME as u32])]),
    // Stop at Ctrl-Z, or end by a fault: a signal to this process itself.
    (libc::SYS_kill, &[is_itself(0)]),
    (libc::SYS_tgkill, &[is_itself(0)]),
    (libc::SYS_tkill, &[is_itself(0)]),
];

/// Of a socket, beside its kind; and the kinds of those to hosts.
const SOCKET_FLAGS: u32 = (libc::SOCK_CLOEXEC | libc::SOCK_NONBLOCK) as u32;
const CONNECTED: &[u32] = &[libc::SOCK_STREAM as u32, libc::SOCK_DGRAM as u32];

/// What it is asked for lies in memory, where a filter does not look.
const HIDDEN: &[c_long] = &[libc::SYS_clone3];

const EXECUTABLE: u32 = if cfg!(target_env = "gnu") { 0 } else { libc::PROT_EXEC as u32 };

/// Of Linux 6.13, for the guard of a thread's stack (glibc 2.42).
const MADV_GUARD_INSTALL: u32 = 102;

/// Of `asm-generic/unistd.h`, where every 32-bit processor has them.
#[cfg(target_arch = "arm")]
const CLOCK_NANOSLEEP_TIME64: c_long = 407;
#[cfg(target_arch = "arm")]
const PPOLL_TIME64: c_long = 414;
