//! System calls made from within another process, as whoever has taken it over would make them.
#![allow(unsafe_code)] // ptrace(2) hands over registers by address.

use std::fs::File;
use std::os::unix::fs::FileExt;

use nix::libc::{self, c_long, c_uint, user_regs_struct};
use nix::sys::wait::{WaitStatus, waitpid};
use nix::unistd::Pid;

/// Below the stack's end there are 128 bytes that a function may use (System V ABI, 3.2.2); this is
/// beyond.
const BELOW_STACK: u64 = 4096;

/// Holds a process; it goes on when this is dropped.
pub(crate) struct Intruder {
    process: Pid,
    memory: File,
    before: user_regs_struct,
}

impl Intruder {
    /// Stops `process` as soon as it waits for something to happen.
    pub(crate) fn into(process: Pid) -> Self {
        let memory = File::options().read(true).write(true).open(format!("/proc/{process}/mem")).unwrap();
        loop {
            trace(libc::PTRACE_ATTACH, process, 0);
            assert!(matches!(waitpid(process, None).unwrap(), WaitStatus::Stopped(..)));
            let before = registers(process);
            let mut instruction = [0; 2];
            memory.read_exact_at(&mut instruction, before.rip - 2).unwrap();
            // `syscall`: it waits in one.
            if instruction == [0x0f, 0x05] {
                return Self { process, memory, before };
            }
            trace(libc::PTRACE_DETACH, process, 0);
            std::thread::yield_now();
        }
    }

    /// Makes a system call and gives its result, negative for an error's number.
    pub(crate) fn calls(&mut self, call: c_long, arguments: [i64; 3]) -> i64 {
        let [rdi, rsi, rdx] = arguments.map(i64::cast_unsigned);
        let rax = call.cast_unsigned();
        // Without `orig_rax` the kernel forgets the call that was under way, and does not start it
        // again.
        let made = user_regs_struct {
            rip: self.before.rip - 2,
            rax,
            orig_rax: u64::MAX,
            rdi,
            rsi,
            rdx,
            r10: 0,
            ..self.before
        };
        set_registers(self.process, &made);
        trace(libc::PTRACE_SINGLESTEP, self.process, 0);
        assert!(matches!(waitpid(self.process, None).unwrap(), WaitStatus::Stopped(..)));
        registers(self.process).rax.cast_signed()
    }

    pub(crate) fn opens(&mut self, path: &str, flags: i32) -> i64 {
        let path = self.text(path);
        self.calls(libc::SYS_openat, [libc::AT_FDCWD.into(), path, flags.into()])
    }

    pub(crate) fn executes(&mut self, path: &str) -> i64 {
        let path = self.text(path);
        self.calls(libc::SYS_execve, [path, 0, 0])
    }

    /// Puts a text where the process can read it.
    fn text(&self, text: &str) -> i64 {
        let place = self.before.rsp - BELOW_STACK;
        self.memory.write_all_at(format!("{text}\0").as_bytes(), place).unwrap();
        place.cast_signed()
    }
}

impl Drop for Intruder {
    fn drop(&mut self) {
        set_registers(self.process, &self.before);
        trace(libc::PTRACE_DETACH, self.process, 0);
    }
}

fn registers(process: Pid) -> user_regs_struct {
    // SAFETY: all of it are numbers, for which zero is a value.
    let mut registers: user_regs_struct = unsafe { std::mem::zeroed() };
    trace(libc::PTRACE_GETREGS, process, &raw mut registers as usize);
    registers
}

fn set_registers(process: Pid, registers: &user_regs_struct) {
    trace(libc::PTRACE_SETREGS, process, &raw const *registers as usize);
}

fn trace(request: c_uint, process: Pid, data: usize) {
    // SAFETY: `data` is 0 or the address of registers that the caller holds.
    let result = unsafe { libc::ptrace(request, process.as_raw(), 0usize, data) };
    assert_ne!(result, -1, "ptrace {request}: {}", std::io::Error::last_os_error());
}
