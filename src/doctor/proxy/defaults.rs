//! `HAProxy`'s `defaults`.

use super::parser::Directive;

/// Sections begin with what stands in the last `defaults`, or in those they name; what `no` takes back goes.
pub(super) fn inherit(sections: &mut [Directive]) {
    let mut defaults: Vec<Directive> = Vec::new();
    for section in sections {
        let from = section.words.iter().position(|word| word == "from");
        let named = from.and_then(|from| section.words.get(from + 1));
        let found = defaults.iter().rev().find(|defaults| named.is_none_or(|name| defaults.word(1) == name));
        if !["global", "backend"].contains(&section.name())
            && (section.name() != "defaults" || named.is_some())
        {
            let inherited = found.map_or_else(Vec::new, |defaults| defaults.inner.clone());
            section.inner.splice(0..0, inherited);
        }
        let mut kept: Vec<Directive> = Vec::new();
        for directive in std::mem::take(&mut section.inner) {
            if (directive.name(), directive.word(1)) == ("no", "log") {
                kept.retain(|other| other.name() != "log");
            } else {
                kept.push(directive);
            }
        }
        section.inner = kept;
        if section.name() == "defaults" {
            defaults.push(section.clone());
        }
    }
}
