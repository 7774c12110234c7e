//! Until one is in.

use sanctuary_wire::{ClientFrame, Code, DaemonFrame, Nonce, Refusal, Rule, SealedCard, SealedHeart};
use zeroize::Zeroizing;

use super::super::{Alias, Door, Heart, Password, Random, SealError};
use super::inside::{Inside, Line, Welcome};
use super::own::Own;
use super::{Happening, Lie};

/// What one opens a room with.
#[derive(Debug)]
pub(super) struct Opening {
    pub(super) password: Password,
    pub(super) rule: Rule,
    pub(super) at: u64,
    pub(super) code: Option<Vec<u8>>,
}

/// Who wants to be in.
#[derive(Debug)]
pub(super) struct Outside {
    random: Random,
    door: Door,
    alias: Alias,
    /// None where the room is there already.
    opening: Option<Opening>,
    attempt: Option<Attempt>,
    out: Vec<Vec<u8>>,
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
        Self { random, door, alias, opening, attempt: None, out: vec![] }
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
            DaemonFrame::Hello { nonce, largest_frame, .. } if self.attempt.is_none() => {
                match self.attempt(nonce, *largest_frame) {
                    Ok(()) => vec![],
                    Err(error) => vec![Happening::NoRoom(error)],
                }
            }
            DaemonFrame::Refused { why, retry_ms } => {
                vec![Happening::Refused { why: *why, retry_ms: *retry_ms }]
            }
            DaemonFrame::Over { end, by, .. } => {
                vec![Happening::Over { end: *end, by: *by, proof: super::Proof::Absent }]
            }
            DaemonFrame::Alive => vec![],
            _ => vec![Happening::Lie(Lie::OutOfTurn)],
        }
    }

    fn attempt(&mut self, nonce: &Nonce, largest_frame: u64) -> Result<(), SealError> {
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
                let code = opening.code.as_deref().map(Code::try_from).transpose()?;
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

    /// Is let in; or stays here, and says why.
    pub(super) fn enters(
        self: Box<Self>,
        frame: &DaemonFrame<'_>,
        now: u64,
    ) -> Result<(Inside, Vec<Happening>), (Self, Happening)> {
        let mut outside = *self;
        let Some((attempt, welcome)) = outside.attempt.take().zip(Welcome::of(frame)) else {
            return Err((outside, Happening::Lie(Lie::OutOfTurn)));
        };
        let heart = match attempt.heart {
            Some((heart, sealed)) if sealed == *welcome.told.heart => Ok(heart),
            Some(_) => Err(Happening::Lie(Lie::Heart)),
            None => Heart::open(&outside.door, welcome.told.heart).map_err(Happening::NoRoom),
        };
        match heart {
            Ok(heart) => {
                let Self { random, door, alias, .. } = outside;
                let (inside, told) =
                    Inside::new(random, door, heart, attempt.own, attempt.line, &welcome, now);
                if !inside.is_own_alias_in_use() {
                    return Ok((inside, told));
                }
                // An honest daemon would not have let one in.
                let Inside { random, door, .. } = inside;
                let mut outside = Self::new(door, alias, None, random);
                outside.out.push(ClientFrame::Exit.encode());
                Err((outside, Happening::Refused { why: Refusal::AliasInUse, retry_ms: 0 }))
            }
            Err(told) => Err((outside, told)),
        }
    }
}

impl Drop for Opening {
    fn drop(&mut self) {
        if let Some(code) = self.code.take() {
            drop(Zeroizing::new(code));
        }
    }
}
