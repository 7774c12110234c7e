//! The system calls that the daemon's filter allows. `packaging/tests/filter` runs the tests of it on
//! each processor, so that it imports nothing of this crate.

mod list;
#[cfg(test)]
mod tests;

pub(super) use list::CALLS;
