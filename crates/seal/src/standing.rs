//! The room as the daemon tells it: who sits where, who keeps it, and the one order of all that
//! concerns it (protocol, section 2, "One order for all").

use std::collections::{BTreeSet, VecDeque};

use sanctuary_wire::cbor::{self, Encoder, Item, Reader, Write, Written};
use sanctuary_wire::limits::SEATS_MOST;
use sanctuary_wire::{DaemonFrame, Entry, Hash, Id, Order, RoomId, Seated, WireError};
use sha2::{Digest, Sha256};

use super::Lie;

/// The views that a member keeps, of the last so many counts.
pub const VIEWS_KEPT: usize = 1024;

/// What one member sees of a room, hashed: equal for all to whom the daemon tells the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View(pub [u8; 16]);

/// A member's place in the room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Who.
    pub id: Id,
    /// For what its card is signed.
    pub entry: Entry,
    /// Of its sealed card.
    pub(super) card: [u8; 32],
    /// Whether its connection is broken.
    pub away: bool,
}

/// The room at one count, and the views at those before.
#[derive(Clone, Debug)]
pub struct Standing {
    room: RoomId,
    order: Order,
    keeper: Id,
    locked: bool,
    lock: u32,
    /// Of the sealed heart.
    heart: [u8; 32],
    /// In order of arrival.
    places: Vec<Place>,
    /// Of all places.
    seats: [u8; 32],
    /// Ids are never given twice: who is new has one above.
    highest: Id,
    views: VecDeque<(u64, View)>,
}

/// What `welcome` says of a room.
#[derive(Debug)]
pub struct Told<'a> {
    /// Who keeps it.
    pub keeper: Id,
    /// Whether nobody is let in.
    pub locked: bool,
    /// Its lock number.
    pub lock: u32,
    /// Its sealed heart.
    pub heart: &'a [u8],
    /// How many frames concerned all.
    pub count: u64,
    /// And their hash.
    pub order: Hash,
    /// Who is there.
    pub members: &'a [Seated<'a>],
}

impl Told<'_> {
    /// The seats that are believed: each `id` once.
    pub(super) fn seats(&self) -> impl Iterator<Item = &Seated<'_>> {
        let mut ids = BTreeSet::new();
        self.members.iter().filter(move |seated| ids.insert(seated.id))
    }
}

impl Standing {
    /// As `welcome` shows it.
    #[must_use]
    pub fn new(room: RoomId, told: &Told<'_>) -> Self {
        let mut standing = Self {
            room,
            order: Order::new(room),
            keeper: told.keeper,
            locked: told.locked,
            lock: told.lock,
            heart: sha256(told.heart),
            places: Vec::new(),
            seats: [0; 32],
            highest: Id(0),
            views: VecDeque::new(),
        };
        standing.welcome(told);
        standing
    }

    /// Takes in what another `welcome` shows; the views at former counts stay.
    pub fn welcome(&mut self, told: &Told<'_>) {
        self.order = Order { count: told.count, hash: told.order };
        (self.keeper, self.locked) = (told.keeper, told.locked);
        // The room is not put back behind a door that it once had.
        self.lock = self.lock.max(told.lock);
        self.heart = sha256(told.heart);
        let place = |seated: &Seated| Place {
            id: seated.id,
            entry: seated.entry.clone(),
            card: sha256(&seated.card),
            away: seated.away,
        };
        self.places = told.seats().map(place).collect();
        self.highest = self.places.iter().map(|place| place.id).chain([self.highest]).max().unwrap_or(Id(0));
        // A daemon that counts backwards gives what was seen another place.
        self.views.retain(|(count, _)| *count < told.count);
        self.seats = self.seats();
        self.keep_view();
    }

    /// Takes in a frame that concerns all, as it came over the line. `obeyed` says whether `handed` is.
    /// A frame that contradicts those before is counted, and changes nothing else.
    pub fn push(&mut self, bytes: &[u8], frame: &DaemonFrame<'_>, obeyed: bool) -> Result<(), Lie> {
        self.order.push(bytes);
        let result = self.change(frame, obeyed);
        if !matches!(frame, DaemonFrame::Said { .. }) {
            self.seats = self.seats();
        }
        self.keep_view();
        result
    }

    fn change(&mut self, frame: &DaemonFrame<'_>, obeyed: bool) -> Result<(), Lie> {
        match frame {
            DaemonFrame::Joined { id, entry, card } => {
                if *id <= self.highest {
                    return Err(Lie::Returned(*id));
                }
                if self.places.len() == SEATS_MOST {
                    return Err(Lie::TooMany);
                }
                self.highest = *id;
                let (entry, card) = (entry.clone(), sha256(card));
                self.places.push(Place { id: *id, entry, card, away: false });
            }
            DaemonFrame::Left { id, .. } | DaemonFrame::Kicked { id, .. } => {
                self.place(*id)?;
                self.keep_only(|place| place.id != *id);
            }
            DaemonFrame::Away(id) => self.place_mut(*id)?.away = true,
            DaemonFrame::Back(id) => self.place_mut(*id)?.away = false,
            DaemonFrame::Locked { locked, .. } => self.locked = *locked,
            DaemonFrame::Renewed { id, card } => self.place_mut(*id)?.card = sha256(card),
            DaemonFrame::Handed { id, .. } => {
                self.place(*id)?;
                if obeyed {
                    self.keeper = *id;
                }
            }
            DaemonFrame::Relocked { lock, heart, staying, .. } => {
                if self.lock.checked_add(1) != Some(*lock) {
                    return Err(Lie::Lock);
                }
                (self.lock, self.heart) = (*lock, sha256(heart));
                self.keep_only(|place| staying.contains(&place.id));
            }
            DaemonFrame::Keeper(id) if *id != self.keeper => return Err(Lie::Keeper(*id)),
            DaemonFrame::Said { from, .. } => drop(self.place(*from)?),
            _ => {}
        }
        Ok(())
    }

    /// Who is out is followed by the longest-present member, an away one only if nobody else is there
    /// (section 3, rule 5).
    fn keep_only(&mut self, stays: impl FnMut(&Place) -> bool) {
        self.places.retain(stays);
        if !self.places.iter().any(|place| place.id == self.keeper)
            && let Some(next) = self.places.iter().find(|place| !place.away).or(self.places.first())
        {
            self.keeper = next.id;
        }
    }

    /// Everybody's place, in order of arrival.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// A member's place.
    pub fn place(&self, id: Id) -> Result<&Place, Lie> {
        self.places.iter().find(|place| place.id == id).ok_or(Lie::Nobody(id))
    }

    fn place_mut(&mut self, id: Id) -> Result<&mut Place, Lie> {
        self.places.iter_mut().find(|place| place.id == id).ok_or(Lie::Nobody(id))
    }

    /// Who keeps the room.
    #[must_use]
    pub fn keeper(&self) -> Id {
        self.keeper
    }

    /// Whether nobody is let in.
    #[must_use]
    pub fn locked(&self) -> bool {
        self.locked
    }

    /// How often the room was given another password.
    #[must_use]
    pub fn lock(&self) -> u32 {
        self.lock
    }

    /// Above all ids that were given.
    #[must_use]
    pub fn highest(&self) -> Id {
        self.highest
    }

    /// Whether this is the room's heart.
    #[must_use]
    pub fn has_heart(&self, sealed: &[u8]) -> bool {
        self.heart == sha256(sealed)
    }

    /// What was told so far.
    #[must_use]
    pub fn order(&self) -> Order {
        self.order
    }

    /// The present count.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.order.count
    }

    /// The present view.
    #[must_use]
    pub fn view(&self) -> View {
        let hash = sha256(&cbor::encode(&(
            "sanctuary/1 view",
            self.room,
            self.order.hash,
            self.keeper,
            self.locked,
            self.lock,
            self.heart,
            self.seats,
        )));
        let mut view = View([0; 16]);
        view.0.copy_from_slice(&hash[..16]);
        view
    }

    /// The view at a former count, if it is still kept.
    #[must_use]
    pub fn view_at(&self, count: u64) -> Option<View> {
        let at = self.views.binary_search_by_key(&count, |(count, _)| *count).ok()?;
        Some(self.views[at].1)
    }

    pub(super) fn seats(&self) -> [u8; 32] {
        sha256(&cbor::encode(&Seats(&self.places)))
    }

    fn keep_view(&mut self) {
        if self.views.len() == VIEWS_KEPT {
            self.views.pop_front();
        }
        self.views.push_back((self.order.count, self.view()));
    }
}

/// All places, as they are hashed.
struct Seats<'p>(&'p [Place]);

impl<'a> Item<'a> for Seats<'_> {
    fn read(_: &mut Reader<'a>) -> Result<Self, WireError> {
        Err(WireError::Malformed) // What is hashed is never read.
    }

    fn write<W: Write>(&self, to: &mut Encoder<W>) -> Written<W> {
        to.array(self.0.len() as u64)?;
        self.0.iter().try_for_each(|place| (place.id, place.entry.clone(), place.card, place.away).write(to))
    }
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}
