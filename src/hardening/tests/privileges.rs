//! Root's rights are given up.

use nix::{
    sys::prctl,
    unistd::{Uid, geteuid, getgid, setresuid},
};

use super::super::{HardeningError, Protection, privileges};
use super::{NOBODY, alone, root, status};

#[test]
fn root_becomes_a_user_without_any_rights() {
    alone(|| {
        if !root() {
            return;
        }
        let told = privileges::drop_to(NOBODY).unwrap();
        assert_eq!(told, Protection::in_force("privileges", "user nobody"));
        privileges::refuse_new().unwrap();
        let status = status();
        let (uid, gid) = (geteuid(), getgid());
        assert!(uid.as_raw() != 0 && gid.as_raw() != 0);
        assert_eq!(status["Uid"], [uid.to_string().as_str(); 4].join("\t"));
        assert_eq!(status["Gid"], [gid.to_string().as_str(); 4].join("\t"));
        assert_eq!(status["Groups"], "");
        for set in ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"] {
            assert_eq!(status[set], "0000000000000000", "{set}");
        }
        assert_eq!(status["NoNewPrivs"], "1");
    });
}

#[test]
fn a_user_that_kept_capabilities_gives_them_up() {
    alone(|| {
        if !root() {
            return;
        }
        prctl::set_keepcaps(true).unwrap();
        setresuid(Uid::from_raw(65534), Uid::from_raw(65534), Uid::from_raw(65534)).unwrap();
        assert_ne!(status()["CapPrm"], "0000000000000000");
        privileges::drop_to("whoever").unwrap();
        for set in ["CapInh", "CapPrm", "CapEff", "CapAmb"] {
            assert_eq!(status()[set], "0000000000000000", "{set}");
        }
    });
}

#[test]
fn root_without_a_user_to_become_does_not_go_on() {
    alone(|| {
        if !root() {
            return;
        }
        let missing = privileges::drop_to("sanctuary-missing").unwrap_err();
        assert!(matches!(&missing, HardeningError::NoSuchUser(name) if name == "sanctuary-missing"));
        assert!(missing.to_string().contains("useradd --system"), "{missing}");
        assert!(matches!(privileges::drop_to("root"), Err(HardeningError::UserIsRoot(_))));
        assert!(root());
    });
}
