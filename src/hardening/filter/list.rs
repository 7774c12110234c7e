//! The system calls that the daemon makes once it is running, each group with its reason; a filter allows them and no
//! others. `packaging/tests/packages/processors.sh` traces which are needed.
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::unnecessary_cast)] // small numbers, of other types elsewhere

use nix::libc::{self, c_long};
use sanctuary_harden::filter::{
    Argument, Calls, FCNTL, MMAP, WAITING, WRITING, has_not, is, is_itself, is_not,
};
#[cfg(target_arch = "arm")]
use sanctuary_harden::filter::{CLOCK_GETTIME64, FUTEX_TIME64};

/// All of them.
pub(crate) const CALLS: Calls = Calls { allowed: ALLOWED, allowed_with: ALLOWED_WITH, hidden: &[] };

/// Allowed with any arguments.
const ALLOWED: &[&[c_long]] = &[
    // Read from connections, write to them, accept new ones, close them.
    &[libc::SYS_recvfrom, libc::SYS_writev, libc::SYS_accept4, libc::SYS_shutdown, libc::SYS_close],
    // The same, as glibc calls them on ARM.
    #[cfg(target_arch = "arm")]
    &[libc::SYS_recv, libc::SYS_send],
    // Wait for connections, signals and time.
    &[libc::SYS_epoll_ctl, libc::SYS_epoll_pwait],
    #[cfg(any(target_arch = "x86_64", target_arch = "arm"))]
    &[libc::SYS_epoll_wait],
    // Wake the event loop, and print the few words that are for a terminal.
    &[libc::SYS_write],
    // Draw keys and nonces.
    &[libc::SYS_getrandom],
    // Read the clock where the kernel has no page for it: on old processors, in some virtual
    // machines.
    &[libc::SYS_clock_gettime],
    #[cfg(target_arch = "arm")]
    &[CLOCK_GETTIME64],
    // Take memory and give it back. (mmap and mprotect stand below.)
    &[libc::SYS_brk, libc::SYS_munmap],
    // Find settings and certificates again on a reload: follow links, ask for sizes, in each
    // library's way.
    &[libc::SYS_statx, libc::SYS_fstat, libc::SYS_readlinkat, libc::SYS_lseek],
    #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
    &[libc::SYS_newfstatat],
    #[cfg(any(target_arch = "x86_64", target_arch = "arm"))]
    &[libc::SYS_readlink, libc::SYS_stat, libc::SYS_lstat],
    #[cfg(target_arch = "arm")]
    &[libc::SYS_fstatat64, libc::SYS_fstat64, libc::SYS_stat64, libc::SYS_lstat64, libc::SYS__llseek],
    // Find out whether a file's rights or the sandbox refused to have it read.
    #[cfg(any(target_arch = "x86_64", target_arch = "arm"))]
    &[libc::SYS_access],
    #[cfg(target_arch = "aarch64")]
    &[libc::SYS_faccessat],
    // Handle signals, and continue after one, or after Ctrl-Z.
    &[libc::SYS_rt_sigaction, libc::SYS_rt_sigprocmask, libc::SYS_rt_sigreturn, libc::SYS_sigaltstack],
    &[libc::SYS_restart_syscall],
    #[cfg(target_arch = "arm")]
    &[libc::SYS_sigreturn],
    // See whether the terminal has gone at a SIGHUP.
    #[cfg(any(target_arch = "x86_64", target_arch = "arm"))]
    &[libc::SYS_poll],
    #[cfg(target_arch = "aarch64")]
    &[libc::SYS_ppoll],
    // End, well or by a fault; before that a C library asks for its ids. (The signal of a fault is
    // below.)
    &[libc::SYS_exit_group, libc::SYS_exit, libc::SYS_getpid, libc::SYS_gettid],
];

/// Allowed with these arguments alone.
const ALLOWED_WITH: &[(c_long, &[Argument])] = &[
    // Write to connections, and to the service manager over its connected socket. Without an address nobody else is reached.
    (libc::SYS_sendto, &[is(5, &[0])]),
    // Read opened files, and never the terminal, to which standard output may lead as well.
    (libc::SYS_read, &[is_not(0, STANDARD)]),
    // Make a connection non-blocking. Other requests can type into a terminal or take it over.
    (libc::SYS_ioctl, &[is_not(0, STANDARD), is(1, &[libc::FIONBIO as u32])]),
    // Send without delay. Other options open much of the kernel.
    (libc::SYS_setsockopt, &[is(1, &[libc::IPPROTO_TCP as u32]), is(2, &[libc::TCP_NODELAY as u32])]),
    // Read a connection's flags, as the runtime does, and close a file on execution, as musl does.
    (FCNTL, &[is(1, &[libc::F_GETFL as u32, libc::F_GETFD as u32, libc::F_SETFD as u32])]),
    // Open settings and certificates for reading.
    #[cfg(any(target_arch = "x86_64", target_arch = "arm"))]
    (libc::SYS_open, &[has_not(1, WRITING)]),
    (libc::SYS_openat, &[has_not(2, WRITING)]),
    // Take memory that can't be executed,
    (MMAP, &[has_not(2, libc::PROT_EXEC as u32)]),
    (libc::SYS_mprotect, &[has_not(2, libc::PROT_EXEC as u32)]),
    // and give parts of it back.
    (libc::SYS_madvise, &[is(2, &[libc::MADV_DONTNEED as u32, libc::MADV_FREE as u32])]),
    // Wait for a lock and release it; other operations have been ways into the kernel.
    (libc::SYS_futex, &[WAITING]),
    #[cfg(target_arch = "arm")]
    (FUTEX_TIME64, &[WAITING]),
    // End by a fault, by a signal to this process itself, as glibc and as musl do it.
    (libc::SYS_tgkill, &[is_itself(0)]),
    (libc::SYS_tkill, &[is_itself(0)]),
];

/// The descriptors that may be a terminal.
const STANDARD: &[u32] = &[libc::STDIN_FILENO as u32, libc::STDOUT_FILENO as u32, libc::STDERR_FILENO as u32];
