//! Pictures of what is seen: one after the other is decoded, each sender's at a pace, and few are kept.

use std::ops::RangeInclusive;
use std::time::{Duration, Instant};

use sanctuary_seal::Text;

use crate::picture::{Miniature, Size};
use crate::rich;
use crate::session::{Key, Membership};

/// Drawn pictures that are kept; those that are seen no more go first. Of the others it is known that they can't be drawn.
pub const PICTURES_KEPT: usize = 24;

/// Pixels that are decoded in a second.
pub const PIXELS_EACH_SECOND: u64 = 8_000_000;

/// Pixels of one sender that are decoded in a second, so that nobody's pictures are in the way of all others'.
pub const PIXELS_OF_ONE: u64 = 2_000_000;

/// What a picture counts as at the least, for its bytes cost work as well.
pub const PIXELS_LEAST: u64 = 100_000;

/// After a picture nothing is decoded for so many times as long as it took, for what it says of itself may be false ...
pub const REST: u32 = 3;

/// ... and of the same sender nothing for so many times as long.
pub const REST_OF_ONE: u32 = 7;

/// Which picture: the line's key, and its number in the message.
pub(super) type Place = (u64, usize);

/// A picture that is to be decoded, which may take a while.
#[derive(Debug)]
pub struct Picture {
    html: Text,
    at: usize,
}

impl Picture {
    /// Has it decoded.
    #[must_use]
    pub fn decode(self, decode: impl FnOnce(&[u8]) -> Option<Miniature>) -> Option<Miniature> {
        decode(&rich::picture(self.html.as_str(), self.at)?)
    }
}

/// One that is seen and not decoded.
#[derive(Clone, Copy, Debug)]
struct Wanted {
    place: Place,
    by: Option<Key>,
    pixels: u64,
}

/// One that is being decoded.
#[derive(Debug)]
struct Making {
    place: Place,
    by: Option<Key>,
    since: Instant,
}

/// Those that are kept, and those that are wanted.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    /// Those that were decoded longest ago first; nothing stands for one that can't be.
    kept: Vec<(Place, Option<Miniature>)>,
    /// The newest is the last.
    wanted: Vec<Wanted>,
    making: Option<Making>,
    pace: Pace,
}

impl Pictures {
    pub(super) fn of(&self, place: Place) -> Option<&Miniature> {
        self.kept.iter().find(|(other, _)| *other == place)?.1.as_ref()
    }

    /// The pictures of these lines are seen, of which each is so large. Pictures of lines that are gone are forgotten.
    pub(super) fn seen<'a>(
        &mut self,
        lines: &RangeInclusive<u64>,
        sizes: impl Iterator<Item = (u64, &'a [Size])>,
        membership: &Membership,
    ) {
        self.kept.retain(|((line, _), _)| membership.lines().said(*line).is_some());
        let is_seen = |((line, _), _): &(Place, _)| lines.contains(line);
        // One that can't be decoded is not tried again.
        let is_drawn = |(_, miniature): &(Place, Option<Miniature>)| miniature.is_some();
        while self.kept.iter().filter(|kept| is_drawn(kept)).count() > PICTURES_KEPT
            && let Some(at) = self.kept.iter().position(|kept| is_drawn(kept) && !is_seen(kept))
        {
            self.kept.remove(at);
        }
        let is_kept = |kept: &&(Place, _)| is_drawn(kept) && is_seen(kept);
        let place = PICTURES_KEPT.saturating_sub(self.kept.iter().filter(is_kept).count());
        self.wanted.clear();
        for (line, sizes) in sizes {
            let by = membership.lines().said(line).and_then(|said| said.from.voice);
            let by = by.map(|voice| voice.to_bytes());
            let all = sizes.iter().enumerate().map(|(at, size)| Wanted {
                place: (line, at),
                by,
                pixels: PIXELS_LEAST.max(size.pixels().try_into().unwrap_or(u64::MAX)),
            });
            self.wanted
                .extend(all.filter(|wanted| self.kept.iter().all(|(place, _)| *place != wanted.place)));
        }
        self.wanted.drain(..self.wanted.len().saturating_sub(place));
    }

    /// When the next may be decoded; nothing while one is, or none is wanted.
    pub(super) fn due(&self) -> Option<Instant> {
        self.next().map(|(at, _)| at)
    }

    /// The next to decode, if it is time.
    pub(super) fn take(&mut self, membership: Option<&Membership>, now: Instant) -> Option<Picture> {
        let (_, wanted) = self.next().filter(|(at, _)| *at <= now)?;
        // Of one that can't be decoded any more nothing is wanted again.
        self.wanted.retain(|other| other.place != wanted.place);
        let said = membership?.lines().said(wanted.place.0)?;
        self.pace.spends(wanted.by, wanted.pixels, now);
        self.making = Some(Making { place: wanted.place, by: wanted.by, since: now });
        Some(Picture { html: said.html.clone(), at: wanted.place.1 })
    }

    /// What has come of the one that was taken. Returns the line that it stands in.
    pub(super) fn made(&mut self, miniature: Option<Miniature>, now: Instant) -> Option<u64> {
        let Making { place, by, since } = self.making.take()?;
        self.pace.took(by, now.saturating_duration_since(since), now);
        self.kept.push((place, miniature));
        Some(place.0)
    }

    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.kept.len()
    }

    /// The newest of those whose turn is first.
    fn next(&self) -> Option<(Instant, Wanted)> {
        if self.making.is_some() {
            return None;
        }
        let turns = self.wanted.iter().rev().map(|wanted| (self.pace.turn(wanted.by), *wanted));
        turns.min_by_key(|(at, _)| *at)
    }
}

/// When there is work to be done again, after what was done.
#[derive(Debug)]
struct Pace {
    all: Instant,
    each: Vec<(Option<Key>, Instant)>,
}

impl Default for Pace {
    fn default() -> Self {
        Self { all: Instant::now(), each: vec![] }
    }
}

impl Pace {
    fn turn(&self, by: Option<Key>) -> Instant {
        self.each.iter().filter(|(who, _)| *who == by).map(|(_, at)| *at).fold(self.all, Instant::max)
    }

    fn spends(&mut self, by: Option<Key>, pixels: u64, now: Instant) {
        let after = |rate: u64| now + Duration::from_millis(pixels * 1000 / rate);
        self.all = after(PIXELS_EACH_SECOND);
        self.each.retain(|(_, at)| *at > now);
        self.each.push((by, after(PIXELS_OF_ONE)));
    }

    fn took(&mut self, by: Option<Key>, time: Duration, now: Instant) {
        self.all = self.all.max(now + time * REST);
        self.each.push((by, now + time * REST_OF_ONE));
    }
}
