//! Crockford's base32, in groups of four joined by hyphens (protocol, section 1).

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What one symbol stands for, as a person may have typed it.
pub(super) fn value(symbol: char) -> Option<u8> {
    let folded = match symbol.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().position(|&known| char::from(known) == folded).and_then(|at| u8::try_from(at).ok())
}

/// The symbols' values, 0 to 31, if `typed` reads as exactly `N` of them.
pub(super) fn read<const N: usize>(typed: &str) -> Option<[u8; N]> {
    let mut symbols = typed.chars().filter(|symbol| *symbol != '-' && !symbol.is_whitespace());
    let mut values = [0; N];
    for place in &mut values {
        *place = value(symbols.next()?)?;
    }
    symbols.next().is_none().then_some(values)
}

/// The letter or digit of a value; only its low five bits count.
pub(super) fn symbol(value: u8) -> char {
    char::from(ALPHABET[usize::from(value % 32)])
}

/// The symbols in groups of four.
pub(super) fn write(symbols: impl Iterator<Item = char>) -> String {
    let mut written = String::with_capacity(20);
    for (at, symbol) in symbols.enumerate() {
        if at > 0 && at % 4 == 0 {
            written.push('-');
        }
        written.push(symbol);
    }
    written
}
