//! Until one is in.

use sanctuary_wire::{
    ClientFrame, Code, DaemonFrame, LargestFrame, Nonce, Refusal, Rule, SealedCard, SealedHeart,
};

use super::super::{Alias, Door, Heart, Password, Random, SealError, Text};
use super::before::Before;
use super::inside::{Entering, Inside};
use super::line::Line;
use super::own::Own;
use super::welcome::Welcome;
use super::{Happening, Lie, Proof};

/// What one opens a room with.
#[derive(Debug)]
pub(super) struct Opening {
    pub(super) password: Password,
    pub(super) rule: Rule,
    pub(super) at: u64,
    pub(super) code: Option<Text>,
}

/// Who wants to be in.
#[derive(Debug)]
pub(super) struct Outside {
    random: Random,
    door: Door,
    alias: Alias,
    /// None where the room is there already.
    opening: Option<Opening>,
    /// The room as one left it, where one was in it.
    before: Option<Before>,
    attempt: Option<Attempt>,
    out: Vec<Vec<u8>>,
    told: Vec<Happening>,
}

/// One try, on one connection. Each has keys of its own, for one that broke may have been let in.
#[derive(Debug)]
struct Attempt {
    own: Own,
    line: Line,
    /// Of a room that is opened, and as it is sealed.
    heart: Option<(Heart, Vec<u8>)>,
}

impl Outside {
    pub(super) fn new(door: Door, alias: Alias, opening: Option<Opening>, random: Random) -> Self {
        Self { random, door, alias, opening, before: None, attempt: None, out: vec![], told: vec![] }
    }

    /// Somebody who was in the room before.
    pub(super) fn after(self, before: Before) -> Self {
        Self { before: Some(before), ..self }
    }

    pub(super) fn door(&self) -> &Door {
        &self.door
    }

    pub(super) fn alias(&self) -> &Alias {
        &self.alias
    }

    pub(super) fn disconnected(&mut self) {
        self.attempt = None;
        self.out.clear();
    }

    pub(super) fn frames(&mut self) -> Vec<Vec<u8>> {
        std::mem::take(&mut self.out)
    }

    /// Anything but a welcome.
    pub(super) fn hear(&mut self, frame: &DaemonFrame<'_>) -> Vec<Happening> {
        match frame {
            DaemonFrame::Alive => {}
            DaemonFrame::Hello { nonce, largest_frame, .. } if self.attempt.is_none() => {
                if let Err(error) = self.attempt(nonce, *largest_frame) {
                    self.told.push(Happening::NoRoom(error));
                }
            }
            DaemonFrame::Refused { why, retry_ms } => {
                self.told.push(Happening::Refused { why: *why, retry_ms: *retry_ms });
            }
            DaemonFrame::Over { end, by, .. } => {
                self.told.push(Happening::Over { end: *end, by: *by, proof: Proof::Absent });
            }
            _ => self.told.push(Happening::Lie(Lie::OutOfTurn)),
        }
        self.told()
    }

    fn attempt(&mut self, nonce: &Nonce, largest_frame: LargestFrame) -> Result<(), SealError> {
        let (door, random) = (&self.door, &mut self.random);
        let own = Own::draw(door, self.alias.clone(), nonce.entry(), random);
        let (room, seat, tag) = (door.room(), own.seat.public(), door.alias_tag(&self.alias));
        let card = SealedCard::try_from(own.card.as_slice())?;
        let heart = match &self.opening {
            None => {
                let signature = door.sign_enter(nonce, &seat, card, &tag);
                self.out.push(ClientFrame::Enter { room, seat, card, tag, signature }.encode());
                None
            }
            Some(opening) => {
                let (rule, password) = (opening.rule, opening.password.clone());
                let heart = Heart::draw(random, rule, password, self.alias.clone(), opening.at);
                let sealed = heart.seal(door, random)?;
                let borrowed = SealedHeart::try_from(sealed.as_slice())?;
                let code =
                    opening.code.as_ref().map(|code| Code::try_from(code.as_str().as_bytes())).transpose()?;
                let signature = door.sign_create(nonce, borrowed, rule, &seat, card, &tag);
                let (gate, heart_frame) = (door.gate(), borrowed);
                let create = ClientFrame::Create {
                    room,
                    gate,
                    heart: heart_frame,
                    seat,
                    card,
                    tag,
                    rule,
                    signature,
                    code,
                };
                self.out.push(create.encode());
                Some((heart, sealed))
            }
        };
        let line = Line::new(nonce.clone(), largest_frame);
        self.attempt = Some(Attempt { own, line, heart });
        Ok(())
    }

    /// Is let in; or stays here, and tells why.
    pub(super) fn enters(
        mut self: Box<Self>,
        frame: &DaemonFrame<'_>,
        now: u64,
    ) -> Result<Inside, Box<Self>> {
        let Some((attempt, welcome)) = self.attempt.take().zip(Welcome::of(frame)) else {
            return Err(self.tells(Happening::Lie(Lie::OutOfTurn)));
        };
        let heart = match attempt.heart {
            Some((heart, sealed)) if sealed == *welcome.told.heart => heart,
            Some(_) => return Err(self.tells(Happening::Lie(Lie::Heart))),
            None => match Heart::open(&self.door, welcome.told.heart) {
                Ok(heart) => heart,
                Err(error) => return Err(self.tells(Happening::NoRoom(error))),
            },
        };
        if let Some(lie) = welcome.lies().next() {
            self.out.push(ClientFrame::Exit.encode());
            return Err(self.tells(Happening::Lie(lie)));
        }
        let Self { random, door, alias, before, .. } = *self;
        let entering = Entering { door, heart, own: attempt.own, line: attempt.line, before };
        let inside = Inside::new(random, entering, &welcome, now);
        if !inside.is_own_alias_in_use() {
            return Ok(inside);
        }
        // An honest daemon would not have let one in.
        let Inside { random, door, .. } = inside;
        let mut outside = Box::new(Self::new(door, alias, None, random));
        outside.out.push(ClientFrame::Exit.encode());
        Err(outside.tells(Happening::Refused { why: Refusal::AliasInUse, retry_ms: 0 }))
    }

    fn tells(mut self: Box<Self>, told: Happening) -> Box<Self> {
        self.told.push(told);
        self
    }

    pub(super) fn told(&mut self) -> Vec<Happening> {
        std::mem::take(&mut self.told)
    }
}
