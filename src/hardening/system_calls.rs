//! seccomp: system calls that a chat daemon which is up and running never makes (seccomp(2)).
//!
//! A list of what is refused, not of what is allowed: it must hold for two C libraries, four processors and
//! kernels to come without ending a healthy daemon. The unit's `SystemCallFilter=` is the narrow one. What is
//! refused answers "not permitted", as Landlock does, so that this also stands in where a kernel has no Landlock.
#![allow(unsafe_code)] // A filter is handed to the kernel by address.

use nix::libc::{self, c_long, sock_filter, sock_fprog};

use super::{HardeningError, Protection};

/// What is refused whatever its arguments, by what an intruder would want it for.
const REFUSED: &[&[c_long]] = &[
    // Run a program.
    &[libc::SYS_execve, libc::SYS_execveat],
    // Reach another machine or process over a socket of one's own. Connections come by accept(2) alone.
    &[libc::SYS_socket, libc::SYS_connect, libc::SYS_bind, libc::SYS_listen],
    // Do any of this behind the filter's back.
    &[libc::SYS_io_uring_setup, libc::SYS_io_uring_enter, libc::SYS_io_uring_register],
    // Leave something on a disk, or take something away.
    &[libc::SYS_openat2, libc::SYS_open_by_handle_at, libc::SYS_truncate, libc::SYS_fallocate],
    &[libc::SYS_mkdirat, libc::SYS_mknodat, libc::SYS_linkat, libc::SYS_symlinkat, libc::SYS_unlinkat],
    &[libc::SYS_renameat2, libc::SYS_fchmodat, libc::SYS_fchmod, libc::SYS_fchownat, libc::SYS_fchown],
    &[
        libc::SYS_setxattr,
        libc::SYS_lsetxattr,
        libc::SYS_fsetxattr,
        libc::SYS_utimensat,
        libc::SYS_memfd_create,
    ],
    // Look into other processes, or let them look into this one.
    &[libc::SYS_ptrace, libc::SYS_process_vm_readv, libc::SYS_process_vm_writev, libc::SYS_kcmp],
    &[
        libc::SYS_pidfd_open,
        libc::SYS_pidfd_getfd,
        libc::SYS_perf_event_open,
        libc::SYS_shmget,
        libc::SYS_msgget,
    ],
    // Give memory back to swap.
    &[libc::SYS_munlock, libc::SYS_munlockall],
    // Attack the kernel where it was weakest.
    &[libc::SYS_bpf, libc::SYS_userfaultfd, libc::SYS_keyctl, libc::SYS_add_key, libc::SYS_request_key],
    &[libc::SYS_unshare, libc::SYS_setns, libc::SYS_personality, libc::SYS_fanotify_init, libc::SYS_quotactl],
    // Change the machine.
    &[libc::SYS_mount, libc::SYS_umount2, libc::SYS_pivot_root, libc::SYS_chroot, libc::SYS_move_mount],
    &[libc::SYS_open_tree, libc::SYS_fsopen, libc::SYS_fsconfig, libc::SYS_fsmount, libc::SYS_mount_setattr],
    &[libc::SYS_init_module, libc::SYS_finit_module, libc::SYS_delete_module, libc::SYS_kexec_load],
    &[libc::SYS_reboot, libc::SYS_swapon, libc::SYS_swapoff, libc::SYS_acct, libc::SYS_syslog],
    &[libc::SYS_settimeofday, libc::SYS_clock_settime, libc::SYS_adjtimex, libc::SYS_sethostname],
];

/// The older names of the above, which newer processors no longer have.
#[cfg(any(target_arch = "x86_64", target_arch = "arm"))]
const REFUSED_OLDER: &[c_long] = &[
    libc::SYS_creat,
    libc::SYS_mkdir,
    libc::SYS_mknod,
    libc::SYS_link,
    libc::SYS_symlink,
    libc::SYS_unlink,
    libc::SYS_rmdir,
    libc::SYS_rename,
    libc::SYS_renameat,
    libc::SYS_chmod,
    libc::SYS_chown,
    libc::SYS_lchown,
    libc::SYS_fork,
    libc::SYS_vfork,
];
#[cfg(target_arch = "aarch64")]
const REFUSED_OLDER: &[c_long] = &[libc::SYS_renameat];
#[cfg(not(any(target_arch = "x86_64", target_arch = "arm", target_arch = "aarch64")))]
const REFUSED_OLDER: &[c_long] = &[];

/// What opens a file by name, with the place of its flags among the arguments: refused unless it only reads.
#[cfg(any(target_arch = "x86_64", target_arch = "arm"))]
const OPENING: &[(c_long, u32)] = &[(libc::SYS_open, 1), (libc::SYS_openat, 2)];
#[cfg(not(any(target_arch = "x86_64", target_arch = "arm")))]
const OPENING: &[(c_long, u32)] = &[(libc::SYS_openat, 2)];

const WRITING: i32 = libc::O_WRONLY | libc::O_RDWR | libc::O_CREAT | libc::O_TRUNC | libc::O_APPEND;

/// What the kernel calls the processor that this is built for, where the filter is written for it.
const PROCESSOR: Option<u32> = if cfg!(target_endian = "big") {
    None
} else if cfg!(target_arch = "x86_64") {
    Some(little_endian(libc::EM_X86_64, true))
} else if cfg!(target_arch = "aarch64") {
    Some(little_endian(libc::EM_AARCH64, true))
} else if cfg!(target_arch = "arm") {
    Some(little_endian(libc::EM_ARM, false))
} else {
    None
};

/// `AUDIT_ARCH_*` of linux/audit.h: an ELF machine, with a bit each for 64 bits and for the lower byte first.
const fn little_endian(machine: u16, has_64_bits: bool) -> u32 {
    let width = if has_64_bits { 0x8000_0000 } else { 0 };
    machine as u32 | width | 0x4000_0000
}

const NAME: &str = "system calls";
const BRIEF: &str = "system calls refused";
const ABSENT: &str = "no system calls refused";
const REMEDY: &str = "rely on the unit's SystemCallFilter=";

/// Puts the filter in force for this thread and all that it starts. `no_new_privs` must be set.
pub(super) fn refuse() -> Result<Protection, HardeningError> {
    let Some(processor) = PROCESSOR else {
        return Ok(Protection::absent(NAME, ABSENT, "the filter is not written for this processor", REMEDY));
    };
    let mut filter = program(processor);
    let length = u16::try_from(filter.len()).unwrap_or(u16::MAX);
    let program = sock_fprog { len: length, filter: filter.as_mut_ptr() };
    // SAFETY: the program points to `length` live instructions, which the kernel copies.
    let result =
        unsafe { libc::syscall(libc::SYS_seccomp, libc::SECCOMP_SET_MODE_FILTER, 0, &raw const program) };
    match std::io::Error::last_os_error() {
        _ if result == 0 => Ok(Protection::in_force(NAME, BRIEF)),
        error if matches!(error.raw_os_error(), Some(libc::ENOSYS | libc::EINVAL)) => {
            Ok(Protection::absent(NAME, ABSENT, "this kernel has no seccomp filters", REMEDY))
        }
        error => {
            Err(HardeningError::Refused { what: "the filter of system calls", cause: error.to_string() })
        }
    }
}

/// All that is refused whatever its arguments.
pub(super) fn refused() -> impl Iterator<Item = c_long> {
    REFUSED.iter().copied().flatten().chain(REFUSED_OLDER).copied()
}

/// The filter, in the order in which it reads: is this our processor, is it an opening, is it refused.
fn program(processor: u32) -> Vec<sock_filter> {
    let refuse = libc::SECCOMP_RET_ERRNO | libc::EPERM.cast_unsigned();
    let mut filter = vec![
        load(ARCHITECTURE),
        skip_if(libc::BPF_JEQ, processor, 1, 0),
        end(libc::SECCOMP_RET_KILL_PROCESS), // another processor's numbers mean other calls
        load(NUMBER),
    ];
    if cfg!(target_arch = "x86_64") {
        filter.extend([skip_if(libc::BPF_JGE, X32, 0, 1), end(libc::SECCOMP_RET_KILL_PROCESS)]);
    }
    for (call, argument) in OPENING {
        filter.extend([
            skip_if(libc::BPF_JEQ, number(*call), 0, 4),
            load(ARGUMENTS + 8 * argument),
            skip_if(libc::BPF_JSET, WRITING.cast_unsigned(), 0, 1),
            end(refuse),
            end(libc::SECCOMP_RET_ALLOW),
        ]);
    }
    for call in refused() {
        filter.extend([skip_if(libc::BPF_JEQ, number(call), 0, 1), end(refuse)]);
    }
    filter.push(end(libc::SECCOMP_RET_ALLOW));
    filter
}

/// Where `struct seccomp_data` holds what, in bytes. Arguments are of 64 bits, their lower half first.
const NUMBER: u32 = 0;
const ARCHITECTURE: u32 = 4;
const ARGUMENTS: u32 = 16;

/// From here on numbers belong to x86-64's other ABI, under which every call has a second number.
const X32: u32 = 0x4000_0000;

/// System calls have small numbers.
fn number(call: c_long) -> u32 {
    u32::try_from(call).unwrap_or(u32::MAX)
}

fn load(offset: u32) -> sock_filter {
    instruction(libc::BPF_LD | libc::BPF_W | libc::BPF_ABS, offset, 0, 0)
}

fn skip_if(test: u32, value: u32, then: u8, otherwise: u8) -> sock_filter {
    instruction(libc::BPF_JMP | test | libc::BPF_K, value, then, otherwise)
}

fn end(answer: u32) -> sock_filter {
    instruction(libc::BPF_RET | libc::BPF_K, answer, 0, 0)
}

fn instruction(code: u32, k: u32, jt: u8, jf: u8) -> sock_filter {
    sock_filter { code: u16::try_from(code).unwrap_or(u16::MAX), jt, jf, k }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// What the filter answers to a call, run as the kernel runs it (`struct seccomp_data`, seccomp(2)).
    fn answer(filter: &[libc::sock_filter], processor: u32, call: u32, arguments: [u64; 6]) -> u32 {
        let mut data = [call.to_le_bytes(), processor.to_le_bytes(), [0; 4], [0; 4]].concat();
        data.extend(arguments.iter().flat_map(|argument| argument.to_le_bytes()));
        let (mut next, mut loaded) = (0, 0);
        loop {
            let libc::sock_filter { code, jt, jf, k } = filter[next];
            let jump = |is_so| usize::from(if is_so { jt } else { jf });
            next += 1;
            match u32::from(code) {
                0x20 => loaded = u32::from_le_bytes(data[k as usize..][..4].try_into().unwrap()),
                0x15 => next += jump(loaded == k),
                0x35 => next += jump(loaded >= k),
                0x45 => next += jump(loaded & k != 0),
                0x06 => return k,
                other => panic!("no instruction of this filter: {other:#x}"),
            }
        }
    }

    #[test]
    fn the_filter_answers_each_call_of_each_processor_as_it_should() {
        let processors = [(libc::EM_X86_64, true), (libc::EM_AARCH64, true), (libc::EM_ARM, false)];
        // linux/audit.h.
        let named = processors.map(|(machine, has_64_bits)| little_endian(machine, has_64_bits));
        assert_eq!(named, [0xC000_003E, 0xC000_00B7, 0x4000_0028]);
        let refusal = libc::SECCOMP_RET_ERRNO | libc::EPERM.cast_unsigned();
        let refused: Vec<u32> = refused().map(|call| call.try_into().unwrap()).collect();
        let openat = u32::try_from(libc::SYS_openat).unwrap();
        for ours in named {
            let filter = program(ours);
            for call in 0..1000 {
                let expected = if refused.contains(&call) { refusal } else { libc::SECCOMP_RET_ALLOW };
                assert_eq!(answer(&filter, ours, call, [0; 6]), expected, "system call {call}");
                for other in named.iter().filter(|other| **other != ours) {
                    assert_eq!(answer(&filter, *other, call, [0; 6]), libc::SECCOMP_RET_KILL_PROCESS);
                }
            }
            for (flags, expected) in [
                (libc::O_RDONLY | libc::O_CLOEXEC, libc::SECCOMP_RET_ALLOW),
                (libc::O_WRONLY, refusal),
                (libc::O_RDWR, refusal),
                (libc::O_RDONLY | libc::O_CREAT, refusal),
                (libc::O_RDONLY | libc::O_TRUNC, refusal),
                (libc::O_RDONLY | libc::O_APPEND, refusal),
            ] {
                let arguments = [0, 0, u64::from(flags.cast_unsigned()), 0, 0, 0];
                assert_eq!(answer(&filter, ours, openat, arguments), expected, "{flags:#o}");
            }
        }
        if cfg!(target_arch = "x86_64") {
            let other_abi = answer(&program(named[0]), named[0], 0x4000_0000, [0; 6]);
            assert_eq!(other_abi, libc::SECCOMP_RET_KILL_PROCESS);
        }
    }
}
