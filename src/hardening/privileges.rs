//! Gives up root's rights for good, after they were used for binding.

use std::ffi::CString;

use nix::{
    errno::Errno,
    sys::{
        prctl,
        resource::{RLIM_INFINITY, Resource, setrlimit},
    },
    unistd::{
        Gid, Group, Uid, User, geteuid, getgrouplist, getgroups, getresgid, getresuid, setgroups, setresgid,
        setresuid, setuid,
    },
};

use super::{HardeningError, Protection, capabilities};

/// Whether this process is root.
#[must_use]
pub fn is_root() -> bool {
    geteuid().is_root()
}

/// Whether this process is `user`, or can become it.
#[must_use]
pub fn can_be(user: &str) -> bool {
    is_root() || look_up(user).is_ok_and(|user| user.is_some_and(|user| user.uid == geteuid()))
}

/// Becomes `user`, with the groups that a service manager would give it, to see what it would see.
/// Memory may be locked as before.
pub fn stand_in_for(
    user: &str,
    group: Option<&str>,
    further: impl Iterator<Item = String>,
) -> Result<(), HardeningError> {
    // A unit may name a group by its number.
    let named = |name: &str| {
        match name.parse() {
            Ok(number) => Ok(Gid::from_raw(number)),
            Err(_) => Group::from_name(name).ok().flatten().map(|group| group.gid).ok_or(name),
        }
        .map_err(|name| HardeningError::NoSuchGroup(name.into()))
    };
    let target = find_user(user)?;
    let gid = group.map_or(Ok(target.gid), named)?;
    let name = CString::new(target.name).unwrap_or_default();
    let mut groups = getgrouplist(&name, gid).map_err(not_dropped("look up the user's groups"))?;
    for name in further {
        groups.push(named(&name)?);
    }
    let _ = setrlimit(Resource::RLIMIT_MEMLOCK, RLIM_INFINITY, RLIM_INFINITY);
    become_user(target.uid, gid, &groups)
}

/// Becomes `user` if this is root, gives up all capabilities in any case, and proves that there is
/// no way back.
pub(super) fn drop_to(user: &str) -> Result<Protection, HardeningError> {
    let name = if geteuid().is_root() {
        let target = find_user(user)?;
        capabilities::empty_bounding_set();
        become_user(target.uid, target.gid, &[])?;
        prove(target.uid, target.gid)?;
        target.name
    } else {
        User::from_uid(geteuid()).ok().flatten().map_or_else(|| geteuid().to_string(), |user| user.name)
    };
    capabilities::drop_all()?;
    Ok(Protection::in_force("privileges", format!("user {name}")))
}

/// Finds the user to become, which must exist and not be root.
pub fn find_user(name: &str) -> Result<User, HardeningError> {
    let found = look_up(name).map_err(not_dropped("look up the user"))?;
    let user = found.ok_or_else(|| HardeningError::NoSuchUser(name.into()))?;
    if user.uid.is_root() { Err(HardeningError::UserIsRoot(name.into())) } else { Ok(user) }
}

/// Looks a user up by name, or by number, as units may write it.
fn look_up(user: &str) -> Result<Option<User>, Errno> {
    user.parse().map_or_else(|_| User::from_name(user), |number| User::from_uid(Uid::from_raw(number)))
}

fn become_user(uid: Uid, gid: Gid, groups: &[Gid]) -> Result<(), HardeningError> {
    setgroups(groups).map_err(not_dropped("change the groups"))?;
    setresgid(gid, gid, gid).map_err(not_dropped("change the group"))?;
    setresuid(uid, uid, uid).map_err(not_dropped("change the user"))
}

/// Checks all three user and group ids, and tries to become root again.
fn prove(uid: Uid, gid: Gid) -> Result<(), HardeningError> {
    let users = getresuid().map_err(not_dropped("read the user"))?;
    let groups = getresgid().map_err(not_dropped("read the group"))?;
    let further = getgroups().map_err(not_dropped("read the groups"))?;
    if [users.real, users.effective, users.saved] != [uid; 3] || setuid(Uid::from_raw(0)).is_ok() {
        return Err(HardeningError::CameBack("user"));
    }
    if [groups.real, groups.effective, groups.saved] != [gid; 3] || !further.is_empty() {
        return Err(HardeningError::CameBack("groups"));
    }
    Ok(())
}

/// Refuses for good the rights that set-user-id programs and file capabilities would give.
pub(super) fn refuse_new() -> Result<Protection, HardeningError> {
    prctl::set_no_new_privs().map_err(not_dropped("refuse new privileges"))?;
    Ok(Protection::in_force("new privileges", "no new privileges"))
}

fn not_dropped(step: &'static str) -> impl Fn(Errno) -> HardeningError {
    move |errno| HardeningError::NotDropped { step, source: errno.into() }
}
