//! A seccomp filter as a program for the kernel (seccomp(2), linux/filter.h). Listed calls are
//! allowed. Other known calls answer "not permitted", like Landlock. Unknown numbers answer "no
//! such call", so that a newer C library falls back to an older call.
#![allow(unsafe_code)] // A filter is handed to the kernel by address.

mod calls;

use nix::libc::{self, c_long, sock_filter, sock_fprog};

pub use calls::{
    Argument, Calls, FCNTL, MMAP, WAITING, WRITING, given, has, has_not, is, is_but_for, is_itself, is_known,
    is_not,
};
#[cfg(target_arch = "arm")]
pub use calls::{CLOCK_GETTIME64, FUTEX_TIME64};

use calls::{KNOWN, Wanted};

/// The kernel's number for the processor that this is built for, if the filter covers it.
pub const PROCESSOR: Option<u32> = if cfg!(target_endian = "big") {
    None
} else if cfg!(all(target_arch = "x86_64", target_pointer_width = "64")) {
    Some(little_endian(libc::EM_X86_64, true))
} else if cfg!(target_arch = "aarch64") {
    Some(little_endian(libc::EM_AARCH64, true))
} else if cfg!(target_arch = "arm") {
    Some(little_endian(libc::EM_ARM, false))
} else {
    None
};

/// `AUDIT_ARCH_*` of linux/audit.h: an ELF machine, with a bit each for 64 bits and for the lower
/// byte first.
#[must_use]
pub const fn little_endian(machine: u16, has_64_bits: bool) -> u32 {
    let width = if has_64_bits { 0x8000_0000 } else { 0 };
    machine as u32 | width | 0x4000_0000
}

/// What the filter answers to a call: it is made ...
pub const ALLOW: u32 = libc::SECCOMP_RET_ALLOW;
/// ... it fails with EPERM ...
pub const NOT_PERMITTED: u32 = libc::SECCOMP_RET_ERRNO | libc::EPERM.cast_unsigned();
/// ... with ENOSYS ...
pub const NO_SUCH_CALL: u32 = libc::SECCOMP_RET_ERRNO | libc::ENOSYS.cast_unsigned();
/// ... or ends the process.
pub const KILL: u32 = libc::SECCOMP_RET_KILL_PROCESS;

/// Puts a filter in force for this thread and all that it will start. `no_new_privs` must be set.
/// Returns why there is none, where there can be none.
pub fn enforce(calls: &Calls) -> Result<Option<&'static str>, std::io::Error> {
    let Some(processor) = PROCESSOR else { return Ok(Some("the filter is not written for this processor")) };
    let mut filter = program(processor, std::process::id(), calls);
    let length = u16::try_from(filter.len()).unwrap_or(u16::MAX);
    let program = sock_fprog { len: length, filter: filter.as_mut_ptr() };
    // SAFETY: the program points to `length` live instructions, which the kernel copies.
    let result =
        unsafe { libc::syscall(libc::SYS_seccomp, libc::SECCOMP_SET_MODE_FILTER, 0, &raw const program) };
    match std::io::Error::last_os_error() {
        _ if result == 0 => Ok(None),
        error if matches!(error.raw_os_error(), Some(libc::ENOSYS | libc::EINVAL)) => {
            Ok(Some("this kernel has no seccomp filters"))
        }
        error => Err(error),
    }
}

/// Makes the filter. It asks in this order: is it our processor, is the call allowed with these arguments, is it allowed
/// with any, is it hidden, is it known. For what is allowed with any arguments a kernel runs no filter (since 5.11).
/// `process` is the id of the process that it is for.
#[must_use]
pub fn program(processor: u32, process: u32, calls: &Calls) -> Vec<sock_filter> {
    let mut filter = vec![
        load(ARCHITECTURE),
        skip_if(libc::BPF_JEQ, processor, 1, 0),
        end(KILL), // another processor's numbers mean other calls
        load(NUMBER),
    ];
    if cfg!(target_arch = "x86_64") {
        filter.extend([skip_if(libc::BPF_JGE, X32, 0, 1), end(KILL)]);
    }
    for (call, arguments) in calls.allowed_with {
        let judged: Vec<_> = arguments.iter().flat_map(|argument| judge(argument, process)).collect();
        filter.push(skip_if(libc::BPF_JEQ, number(*call), 0, skipped(judged.len() + 1)));
        filter.extend(judged);
        filter.push(end(ALLOW));
    }
    for call in calls.allowed.iter().copied().flatten() {
        filter.extend([skip_if(libc::BPF_JEQ, number(*call), 0, 1), end(ALLOW)]);
    }
    for call in calls.hidden {
        filter.extend([skip_if(libc::BPF_JEQ, number(*call), 0, 1), end(NO_SUCH_CALL)]);
    }
    for range in KNOWN {
        filter.extend([
            skip_if(libc::BPF_JGE, *range.start(), 0, 2),
            skip_if(libc::BPF_JGT, *range.end(), 1, 0),
            end(NOT_PERMITTED),
        ]);
    }
    filter.push(end(NO_SUCH_CALL));
    filter
}

/// Continues after this if the argument is as wanted, and else refuses the call.
fn judge(argument: &Argument, process: u32) -> Vec<sock_filter> {
    let itself = [process];
    let (values, wanted) = match argument.wanted {
        Wanted::One(values) => (values, true),
        Wanted::None(values) => (values, false),
        Wanted::Itself => (&itself[..], true),
    };
    let mut judged = vec![load(ARGUMENTS + 8 * argument.place), keep(argument.bits)];
    for (at, value) in values.iter().enumerate() {
        let left = values.len() - at - 1;
        // The refusal comes after the last comparison, and the program continues after the refusal.
        let same = if wanted { left + 1 } else { left };
        let other = u8::from(left == 0 && !wanted);
        judged.push(skip_if(libc::BPF_JEQ, *value, skipped(same), other));
    }
    judged.push(end(NOT_PERMITTED));
    if let Some((place, value)) = argument.given {
        let beyond = skipped(judged.len());
        judged.splice(0..0, [load(ARGUMENTS + 8 * place), skip_if(libc::BPF_JEQ, value, 0, beyond)]);
    }
    judged
}

/// Offsets in `struct seccomp_data`, in bytes. Arguments have 64 bits, the lower half first; the
/// kernel uses 32 bits of all that are judged.
const NUMBER: u32 = 0;
const ARCHITECTURE: u32 = 4;
const ARGUMENTS: u32 = 16;

/// Higher numbers belong to x86-64's other ABI, in which every call has a second number.
const X32: u32 = 0x4000_0000;

/// The number of a call, as the kernel compares it. System calls have small numbers.
#[must_use]
pub fn number(call: c_long) -> u32 {
    u32::try_from(call).unwrap_or(u32::MAX)
}

/// Jumps are short.
fn skipped(instructions: usize) -> u8 {
    u8::try_from(instructions).unwrap_or(u8::MAX)
}

fn load(offset: u32) -> sock_filter {
    instruction(libc::BPF_LD | libc::BPF_W | libc::BPF_ABS, offset, 0, 0)
}

fn keep(bits: u32) -> sock_filter {
    instruction(libc::BPF_ALU | libc::BPF_AND | libc::BPF_K, bits, 0, 0)
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
