//! What the daemon has in `src/hardening/filter`, and nothing else of it.
#![cfg(test)]

#[path = "../../../src/hardening/filter/mod.rs"]
mod filter;
