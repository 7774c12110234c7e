//! Allows the system calls that the daemon makes once it is running, and no others (seccomp(2)).
//!
//! A refused call answers "not permitted", like Landlock's, so that this helps where a kernel has
//! no Landlock. The calls themselves are in `filter`.

use super::{HardeningError, Protection, filter};

const NAME: &str = "system calls";
const BRIEF: &str = "system calls refused";
const ABSENT: &str = "no system calls refused";
const REMEDY: &str = "rely on the unit's SystemCallFilter=";

/// Puts the filter in force for this thread and all that it will start. `no_new_privs` must be set.
pub(super) fn load() -> Result<Protection, HardeningError> {
    match sanctuary_harden::filter::enforce(&filter::CALLS) {
        Ok(None) => Ok(Protection::in_force(NAME, BRIEF)),
        Ok(Some(why)) => Ok(Protection::absent(NAME, ABSENT, why, REMEDY)),
        Err(source) => Err(HardeningError::Refused { what: "the filter of system calls", source }),
    }
}
