//! Members of rooms behind standard input and output, so that the page's tests can have them in one room with the page's
//! own, each opening what the others have sealed (`web/test/browser/interop.test.ts`).
//!
//! Each line is an object: the `member`, the time `now`, what it is to `do`, and how. The answer is a line, too: what a
//! person is `told`, the `frames` that go to the daemon, and when something is `due`.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::error::Error;
use std::io::{self, BufRead, Write};

use sanctuary_seal::{Alias, Body, Door, Group, Happening, Name, Password, Random, RoomKey, TimedText};
use sanctuary_wire::{Id, RoomId, Rule};
use serde_json::{Value, json};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let mut members = Members::default();
    for line in io::stdin().lock().lines() {
        let asked: Value = serde_json::from_str(&line?)?;
        let answer = members.act(&asked).unwrap_or_else(|error| json!({ "error": error.to_string() }));
        writeln!(io::stdout(), "{answer}")?;
    }
    Ok(())
}

#[derive(Default)]
struct Members {
    groups: BTreeMap<u64, Group>,
    /// Each password is stretched once.
    doors: BTreeMap<(RoomId, String), Door>,
}

impl Members {
    fn act(&mut self, asked: &Value) -> Outcome<Value> {
        let (member, now) = (number(asked, "member")?, number(asked, "now")?);
        if let "open" | "enter" = text(asked, "do")? {
            let group = self.begin(asked, now)?;
            self.groups.insert(member, group);
        }
        let group = self.groups.get_mut(&member).ok_or("nobody")?;
        let told: Vec<Value> = match text(asked, "do")? {
            "hear" => {
                let happenings = group.hear(&bytes(text(asked, "frame")?)?, now)?;
                told(group, &happenings)
            }
            "tick" => {
                let happenings = group.tick(now);
                told(group, &happenings)
            }
            "whisper" => {
                let (_, name) = group.whisper(id(asked)?, body(&asked["body"])?)?;
                vec![json!({ "kind": "named", "name": hex(&name.0) })]
            }
            action => {
                perform(group, action, asked, now)?;
                vec![]
            }
        };
        let frames: Vec<String> = group.frames().iter().map(|frame| hex(frame)).collect();
        let password = group.heart().map(|heart| heart.password.write().to_string());
        let (due, you) = (group.next_tick(), group.you().map(|id| id.0));
        Ok(json!({ "told": told, "frames": frames, "due": due, "you": you, "password": password }))
    }

    fn begin(&mut self, asked: &Value, now: u64) -> Outcome<Group> {
        let room = text(asked, "room")?.parse::<RoomKey>()?.room();
        let (alias, random) = (text(asked, "alias")?.parse::<Alias>()?, Random::from_system()?);
        let typed = text(asked, "password")?;
        let derive = || Password::read(typed).map(|password| Door::derive(room, &password));
        let door = match self.doors.entry((room, typed.to_owned())) {
            Entry::Occupied(known) => known.get().clone(),
            Entry::Vacant(new) => new.insert(derive()?).clone(),
        };
        if text(asked, "do")? == "enter" {
            return Ok(Group::enter(door, alias, random));
        }
        let rule = if text(asked, "rule")? == "everyone" { Rule::Everyone } else { Rule::Keeper };
        Ok(Group::create(door, Password::choose(typed)?, rule, alias, now, None, random))
    }
}

fn perform(group: &mut Group, action: &str, asked: &Value, now: u64) -> Outcome<()> {
    match action {
        "open" | "enter" => {}
        "lose" => group.disconnected(),
        "say" => group.say(body(&asked["body"])?, now)?,
        "kick" => group.kick(id(asked)?, now)?,
        "hand" => group.hand(id(asked)?, now)?,
        "rename" => group.rename(text(asked, "alias")?.parse()?, now)?,
        "relock" => {
            let password = Password::generate(&mut Random::from_system()?);
            let door = Door::derive(group.room(), &password);
            group.relock(door, password, &group.accepted())?;
        }
        action => return Err(format!("no {action}").into()),
    }
    Ok(())
}

fn told(group: &Group, happenings: &[Happening]) -> Vec<Value> {
    happenings.iter().map(|happening| plain_happening(group, happening)).collect()
}

/// What was said, with who said it and its name; of all else that it happened.
fn plain_happening(group: &Group, happening: &Happening) -> Value {
    let alias = |id: &Id| group.card(*id).map(|card| card.alias.as_str().to_owned());
    match happening {
        Happening::Said { from, name, .. } if group.you() == Some(*from) => {
            json!({ "kind": "named", "name": hex(&name.0) })
        }
        Happening::Said { from, name, body } => {
            json!({ "kind": "said", "from": alias(from), "name": hex(&name.0), "body": plain(body) })
        }
        Happening::Whisper { from, name, body } => {
            json!({ "kind": "whisper", "from": alias(from), "name": hex(&name.0), "body": plain(body) })
        }
        Happening::Timer { seconds, .. } => json!({ "kind": "Timer", "seconds": seconds }),
        other => json!({ "kind": format!("{other:?}") }),
    }
}

fn body(told: &Value) -> Outcome<Body> {
    let at = || number(told, "at");
    let to = || Outcome::Ok(Name(bytes(text(told, "to")?)?.try_into().map_err(|_| "no name")?));
    let said = || {
        Outcome::Ok(TimedText { at: at()?, timer: number(told, "timer")?, text: text(told, "text")?.into() })
    };
    Ok(match text(told, "kind")? {
        "message" => Body::Message(said()?),
        "farewell" => Body::Farewell(said()?),
        "action" => Body::Action(said()?),
        "reply" => Body::Reply { said: said()?, to: to()? },
        "reaction" => Body::Reaction { at: at()?, text: text(told, "text")?.into(), to: to()? },
        "unsend" => Body::Unsend { at: at()?, to: to()? },
        "typing" => Body::Typing { at: at()? },
        "timer" => Body::Timer { seconds: number(told, "seconds")? },
        kind => return Err(format!("no {kind}").into()),
    })
}

fn plain(body: &Body) -> Value {
    let timed = |kind: &str, said: &TimedText| json!({ "kind": kind, "at": said.at, "timer": said.timer, "text": said.text.as_str() });
    match body {
        Body::Message(said) => timed("message", said),
        Body::Farewell(said) => timed("farewell", said),
        Body::Action(said) => timed("action", said),
        Body::Reply { said, to } => {
            let mut reply = timed("reply", said);
            reply["to"] = hex(&to.0).into();
            reply
        }
        Body::Reaction { at, text, to } => {
            json!({ "kind": "reaction", "at": at, "text": text.as_str(), "to": hex(&to.0) })
        }
        Body::Unsend { at, to } => json!({ "kind": "unsend", "at": at, "to": hex(&to.0) }),
        Body::Typing { at } => json!({ "kind": "typing", "at": at }),
        other => json!({ "kind": format!("{other:?}") }),
    }
}

fn text<'a>(value: &'a Value, name: &str) -> Outcome<&'a str> {
    value[name].as_str().ok_or_else(|| format!("no {name}").into())
}

fn number(value: &Value, name: &str) -> Outcome<u64> {
    value[name].as_u64().ok_or_else(|| format!("no {name}").into())
}

fn id(value: &Value) -> Outcome<Id> {
    number(value, "id").map(Id)
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

fn bytes(hex: &str) -> Outcome<Vec<u8>> {
    let byte = |at: usize| u8::from_str_radix(hex.get(at..at + 2).unwrap_or_default(), 16);
    Ok((0..hex.len()).step_by(2).map(byte).collect::<Result<_, _>>()?)
}
