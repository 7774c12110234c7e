//! The seccomp filter as a program for the kernel (seccomp(2), linux/filter.h). Listed calls are
//! allowed. Other known calls answer "not permitted", like Landlock. Unknown numbers answer "no
//! such call", so that a newer C library falls back to an older call.
//!
//! It imports nothing of this crate, so that `packaging/tests/filter` can run it on each processor.

mod list;
#[cfg(test)]
mod tests;

use nix::libc::{self, c_long, sock_filter};

use list::{ALLOWED, ALLOWED_WITH, Argument, KNOWN, Wanted};

/// The kernel's number for the processor that this is built for, if the list covers it.
pub(super) const PROCESSOR: Option<u32> = if cfg!(target_endian = "big") {
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
const fn little_endian(machine: u16, has_64_bits: bool) -> u32 {
    let width = if has_64_bits { 0x8000_0000 } else { 0 };
    machine as u32 | width | 0x4000_0000
}

const ALLOW: u32 = libc::SECCOMP_RET_ALLOW;
const NOT_PERMITTED: u32 = libc::SECCOMP_RET_ERRNO | libc::EPERM.cast_unsigned();
const NO_SUCH_CALL: u32 = libc::SECCOMP_RET_ERRNO | libc::ENOSYS.cast_unsigned();
const KILL: u32 = libc::SECCOMP_RET_KILL_PROCESS;

/// Makes the filter. It asks in this order: is it our processor, is the call allowed, is it known.
/// `process` is the id of the process that it is for.
pub(super) fn program(processor: u32, process: u32) -> Vec<sock_filter> {
    let mut filter = vec![
        load(ARCHITECTURE),
        skip_if(libc::BPF_JEQ, processor, 1, 0),
        end(KILL), // another processor's numbers mean other calls
        load(NUMBER),
    ];
    if cfg!(target_arch = "x86_64") {
        filter.extend([skip_if(libc::BPF_JGE, X32, 0, 1), end(KILL)]);
    }
    for call in ALLOWED.iter().copied().flatten() {
        filter.extend([skip_if(libc::BPF_JEQ, number(*call), 0, 1), end(ALLOW)]);
    }
    for (call, arguments) in ALLOWED_WITH {
        let judged: Vec<_> = arguments.iter().flat_map(|argument| judge(argument, process)).collect();
        filter.push(skip_if(libc::BPF_JEQ, number(*call), 0, skipped(judged.len() + 1)));
        filter.extend(judged);
        filter.push(end(ALLOW));
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

/// All calls that are allowed, be it with some arguments only.
#[cfg(test)]
pub(super) fn allowed() -> impl Iterator<Item = c_long> {
    ALLOWED.iter().copied().flatten().chain(ALLOWED_WITH.iter().map(|(call, _)| call)).copied()
}

#[cfg(test)]
pub(super) fn is_known(call: u32) -> bool {
    KNOWN.iter().any(|known| known.contains(&call))
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
    judged
}

/// Offsets in `struct seccomp_data`, in bytes. Arguments have 64 bits, the lower half first; the
/// kernel uses 32 bits of all that are judged.
const NUMBER: u32 = 0;
const ARCHITECTURE: u32 = 4;
const ARGUMENTS: u32 = 16;

/// Higher numbers belong to x86-64's other ABI, in which every call has a second number.
const X32: u32 = 0x4000_0000;

/// System calls have small numbers.
fn number(call: c_long) -> u32 {
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
