//! A picture of whatever kind, as somebody sends it.

use sanctuary_join::picture::{KEPT_MOST, Miniature};
use sanctuary_join::rich::Colours;

use super::Choices;
use super::rich::emulator;

/// It is no larger than what is kept, however it is turned, and of it a terminal shows cells and does nothing else.
pub fn picture(bytes: &[u8]) {
    let mut choices = Choices(bytes);
    let (Some(columns), Some(rows)) = (choices.below(64), choices.below(20)) else { return };
    let (columns, rows) = (usize::from(columns) + 1, usize::from(rows) + 1);
    let Some(miniature) = Miniature::decode(choices.0) else { return };
    for colours in [Colours::Indexed, Colours::True] {
        let lines = miniature.draw(columns, rows, colours);
        assert!((1..=rows).contains(&lines.len()), "{} rows", lines.len());
        assert!(lines.iter().all(|line| (1..=columns).contains(&line.width())), "wider than {columns}");
        emulator::shows(&lines.iter().map(ToString::to_string).collect::<Vec<_>>());
    }
    let most = miniature.draw(usize::MAX, usize::MAX, Colours::True);
    assert!(most.len() * 2 <= KEPT_MOST.width.max(KEPT_MOST.height));
}
