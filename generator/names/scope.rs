//! One scope of identifiers. Who asks first gets the plain name; callers ask in an order that does not depend on what
//! else the contract holds, so that a name lasts.

use std::collections::BTreeSet;

use super::Ident;

/// Identifiers that are taken.
#[derive(Debug, Default)]
pub struct Scope {
    taken: BTreeSet<String>,
}

impl Scope {
    /// A scope in which some names are spoken for.
    pub fn reserving<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        Self { taken: names.into_iter().map(str::to_owned).collect() }
    }

    /// The wished identifier, or the first free one with a number; the flag says whether it had to be numbered.
    pub fn take(&mut self, wish: &Ident) -> (Ident, bool) {
        let plain = wish.bare().to_owned();
        if self.taken.insert(plain.clone()) {
            return (wish.clone(), false);
        }
        let camel =
            plain.chars().any(char::is_uppercase) && !plain.ends_with(|last: char| last.is_ascii_digit());
        let separator = if camel { "" } else { "_" };
        let mut number = 2usize;
        loop {
            let name = format!("{}{separator}{number}", plain.trim_end_matches('_'));
            if self.taken.insert(name.clone()) {
                return (super::case::ident(&name, "unnamed"), true);
            }
            number += 1;
        }
    }

    /// Whether a name is free.
    pub fn is_free(&self, wish: &Ident) -> bool {
        !self.taken.contains(wish.bare())
    }
}
