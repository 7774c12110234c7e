//! `HAProxy`'s `defaults`.

use super::parser::Directive;
use super::read_budget::ReadBudget;

/// Sections begin with what stands in the last `defaults`, or in those they name; what `no` takes back goes.
pub(super) fn inherit(sections: &mut [Directive], budget: &mut ReadBudget) {
    let mut defaults: Vec<&Directive> = Vec::new();
    for section in sections {
        let from = section.words.iter().position(|word| word == "from");
        let named = from.and_then(|from| section.words.get(from + 1));
        if named.is_some() {
            budget.pay(defaults.len(), 0);
        }
        if budget.is_empty {
            break;
        }
        let found = defaults.iter().rev().find(|defaults| named.is_none_or(|name| defaults.word(1) == name));
        if !["global", "backend"].contains(&section.name())
            && (section.name() != "defaults" || named.is_some())
        {
            let inherited = found.map_or_else(Vec::new, |defaults| budget.copy(&defaults.inner));
            section.inner.splice(0..0, inherited);
        }
        let taken_back = |inner: &Directive| (inner.name(), inner.word(1)) == ("no", "log");
        if let Some(last) = section.inner.iter().rposition(taken_back) {
            let kept = section.inner.split_off(last + 1);
            section.inner.retain(|inner| !["log", "no"].contains(&inner.name()));
            section.inner.extend(kept);
        }
        if section.name() == "defaults" {
            defaults.push(section);
        }
    }
}
