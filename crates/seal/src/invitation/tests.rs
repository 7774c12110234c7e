use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::Value;

use super::link::LINKS_MOST;
use super::*;

static VECTORS: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../../testdata/invitations.json")).unwrap());

/// The rows of a list; a text alone is a row of its own.
fn rows(name: &str) -> Vec<Vec<Value>> {
    let rows = VECTORS[name].as_array().unwrap().clone();
    rows.into_iter().map(|row| row.as_array().cloned().unwrap_or_else(|| vec![row])).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn of(password: &str) -> Invitation {
    Invitation { room_key: "K7QM-4XZD".parse().unwrap(), password: Password::read(password).unwrap() }
}

/// As a browser's `encodeURIComponent` has it.
fn wrapped(link: &str, times: u64) -> String {
    let kept = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte);
    let once = |link: String| {
        link.bytes().map(|b| if kept(b) { char::from(b).into() } else { format!("%{b:02X}") }).collect()
    };
    (0..times).fold(link.to_owned(), |link, _| once(link))
}

#[test]
fn invitations_are_written_as_the_vectors_are() {
    for row in rows("written") {
        let fragment = format!("#K7QM-4XZD:{}", text(&row[1]));
        let invitation = of(text(&row[0]));
        assert_eq!(*invitation.write(), fragment);
        assert_eq!(Invitation::read(&fragment), Ok(invitation), "{fragment}");
    }
}

#[test]
fn what_got_attached_to_an_invitation_is_left_out() {
    for row in rows("read") {
        assert_eq!(Invitation::read(text(&row[0])), Ok(of(text(&row[1]))), "{row:?}");
    }
}

#[test]
fn what_holds_no_invitation_is_none() {
    for row in rows("none") {
        assert_eq!(Invitation::read(text(&row[0])), Err(CodeError::Invitation), "{row:?}");
    }
}

#[test]
fn a_room_key_is_read_in_whatever_stands_around_it() {
    for row in rows("keys") {
        assert_eq!(text(&row[0]).parse(), Ok(of("x").room_key), "{row:?}");
    }
    for row in rows("no_keys") {
        assert_eq!(text(&row[0]).parse::<RoomKey>(), Err(CodeError::RoomKey), "{row:?}");
    }
}

#[test]
fn only_what_can_be_an_invitation_is_looked_through() {
    let link = "https://example.org/#K7QM-4XZD:sesame";
    assert_eq!(Invitation::read(&format!("{link:>INVITATION_MOST$}")), Ok(of("sesame")));
    let long = Invitation::read(&format!("{link:>0$}", INVITATION_MOST + 1));
    assert_eq!(long, Err(CodeError::InvitationLong));
}

#[test]
fn of_many_room_keys_only_the_first_are_looked_at() {
    let after = |broken| Invitation::read(&format!("{}#K7QM-4XZD:sesame", "#K7QM-4XZD:% ".repeat(broken)));
    assert_eq!(after(LINKS_MOST - 1), Ok(of("sesame")));
    assert_eq!(after(LINKS_MOST), Err(CodeError::Invitation));
}

fn passwords() -> impl Strategy<Value = String> {
    let marks = prop::sample::select("ab0-._~!*'()\"%&#?:;<>[]{}«» é".chars().collect::<Vec<_>>());
    prop_oneof![
        "\\PC{1,40}",
        prop::collection::vec(marks, 1..40).prop_map(String::from_iter),
        "[0-9A-HJKMNP-TV-Z]{16}",
    ]
}

proptest! {
    #[test]
    fn any_password_comes_through_any_messenger(password in passwords()) {
        let invitation = of(&password);
        let written = invitation.write();
        prop_assert!(written.bytes().last().is_some_and(|last| last.is_ascii_alphanumeric()));
        for address in ["http://192.168.1.5:8080/", "https://chat.example.org/a/b/", ""] {
            for row in rows("around") {
                let link = wrapped(&format!("{address}{}", *written), row[1].as_u64().unwrap());
                let passed_on = format!("{}{link}{}", text(&row[0]), text(&row[2]));
                prop_assert_eq!(Invitation::read(&passed_on), Ok(invitation.clone()), "{}", passed_on);
            }
        }
    }

    #[test]
    fn a_password_typed_by_hand_after_the_room_key_is_read_as_it_is(password in passwords()) {
        // Punctuation may be attached to what is in a link's form.
        let written = password.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '%');
        prop_assume!(!is_written(written) || !written.contains('%'));
        prop_assert_eq!(Invitation::read(&format!("K7QM-4XZD:{password}")), Ok(of(&password)));
    }

    #[test]
    fn a_password_after_a_blank_is_never_taken_for_encoded(password in passwords()) {
        prop_assume!(!password.starts_with(|c: char| c == ':' || c == '：' || c.is_whitespace()));
        prop_assert_eq!(Invitation::read(&format!("k7qm4xzd {password}")), Ok(of(&password)));
    }

    #[test]
    fn anything_is_read_or_refused(typed in any::<String>(), close in "[K7QM4XZD:#%25 3A\n.\"(-]{0,80}") {
        let _ = Invitation::read(&typed);
        let _ = Invitation::read(&close);
    }
}
