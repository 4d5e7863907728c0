//! The value of `type`.

use std::cmp::Ordering;
use std::fmt;
use std::ops::Deref;

use super::Type;

/// How many types there are.
const ALL: usize = 7;

/// The value of `type`, as a set in document order. It is in place, because nearly every schema has one.
#[derive(Clone)]
pub struct TypeSet {
    length: u8,
    types: [Type; ALL],
}

impl TypeSet {
    /// Adds a type, unless it is there.
    pub fn push(&mut self, ty: Type) {
        if !self.contains(&ty)
            && let Some(slot) = self.types.get_mut(usize::from(self.length))
        {
            *slot = ty;
            self.length += 1;
        }
    }
}

impl Default for TypeSet {
    fn default() -> Self {
        Self { length: 0, types: [Type::Null; ALL] }
    }
}

impl Deref for TypeSet {
    type Target = [Type];

    fn deref(&self) -> &[Type] {
        self.types.get(..usize::from(self.length)).unwrap_or_default()
    }
}

impl FromIterator<Type> for TypeSet {
    fn from_iter<I: IntoIterator<Item = Type>>(types: I) -> Self {
        let mut set = Self::default();
        types.into_iter().for_each(|ty| set.push(ty));
        set
    }
}

impl<const N: usize> From<[Type; N]> for TypeSet {
    fn from(types: [Type; N]) -> Self {
        types.into_iter().collect()
    }
}

impl fmt::Debug for TypeSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl PartialEq for TypeSet {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for TypeSet {}

impl PartialOrd for TypeSet {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for TypeSet {
    fn cmp(&self, other: &Self) -> Ordering {
        (**self).cmp(&**other)
    }
}
