//! What reading one proxy's settings may cost: they may include each other without an end, and who wrote them may want
//! that.

use super::parser::Directive;

/// Words, blocks and names in folders that are gone through, each as often as it is; real settings have thousands.
pub(super) const STEPS: usize = 200_000;
/// Bytes that are read, copied and looked for.
const BYTES: usize = 8 << 20;
/// Files that are opened; real settings have tens.
const FILES: usize = 500;

/// What is left of that.
pub(super) struct ReadBudget {
    steps: usize,
    pub(super) bytes: usize,
    files: usize,
    /// Whether something could not be paid, from which on nothing can.
    pub(super) is_empty: bool,
}

impl ReadBudget {
    pub(super) fn new() -> Self {
        Self { steps: STEPS, bytes: BYTES, files: FILES, is_empty: false }
    }

    /// Takes that much, if it is there.
    pub(super) fn pay(&mut self, steps: usize, bytes: usize) -> bool {
        self.is_empty |= steps > self.steps || bytes > self.bytes;
        if !self.is_empty {
            self.steps -= steps;
            self.bytes -= bytes;
        }
        !self.is_empty
    }

    /// Takes one file, if it is there; what has been paid for can still be read when there is none.
    pub(super) fn pay_file(&mut self) -> bool {
        let is_there = self.files > 0;
        self.files -= usize::from(is_there);
        is_there
    }

    /// A copy of `directives`, or of as many as can be paid.
    pub(super) fn copy(&mut self, directives: &[Directive]) -> Vec<Directive> {
        let copy = |directive: &Directive| {
            let bytes = directive.words.iter().map(String::len).sum();
            let is_paid = self.pay(directive.words.len() + 1, bytes);
            is_paid.then(|| Directive { words: directive.words.clone(), inner: self.copy(&directive.inner) })
        };
        directives.iter().map_while(copy).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_much_is_paid_as_there_is() {
        for (less, is_paid) in [(1, true), (0, true), (-1, false)] {
            let of = |most: usize| most.checked_add_signed(-less).unwrap();
            assert_eq!(ReadBudget::new().pay(of(STEPS), 0), is_paid);
            assert_eq!(ReadBudget::new().pay(0, of(BYTES)), is_paid);
            let mut budget = ReadBudget::new();
            assert_eq!((0..of(FILES)).all(|_| budget.pay_file()), is_paid);
            assert!(!budget.is_empty && budget.pay(1, 1));
        }
        let mut budget = ReadBudget::new();
        assert!(!budget.pay(STEPS + 1, 0) && budget.is_empty && !budget.pay(0, 0));
    }

    #[test]
    fn a_copy_is_paid_by_its_words_blocks_and_bytes() {
        let inner = vec![Directive { words: vec!["four".into()], inner: Vec::new() }];
        let one = Directive { words: vec!["a".into(), "bc".into()], inner };
        // Three of two blocks each with three words of seven letters.
        let three = vec![one.clone(), one.clone(), one];
        for (steps, bytes, expected) in [
            (15, 21, (3, 3)),
            (16, 22, (3, 3)),
            (14, 21, (3, 2)),
            (15, 20, (3, 2)),
            (12, 21, (2, 2)),
            (0, 0, (0, 0)),
        ] {
            let mut budget = ReadBudget { steps, bytes, ..ReadBudget::new() };
            let copied = budget.copy(&three);
            let whole = copied.iter().filter(|directive| !directive.inner.is_empty()).count();
            assert_eq!((copied.len(), whole), expected, "{steps} {bytes}");
            assert_eq!(budget.is_empty, expected != (3, 3));
        }
    }
}
