//! Constraints that generated code checks while it decodes.
//!
//! Each takes the decoded value first. Bounds of exact numbers are JSON lexemes.

use std::borrow::Borrow;

use crate::decode::{Encode, encode};
use crate::json::{Integer, Json, Map, Number};
use crate::pattern::Pattern;

/// `minLength`, `maxLength`: code points (JSON Schema Validation, section 6.3).
pub fn length<S: AsRef<str> + ?Sized>(value: &S, min: usize, max: usize) -> bool {
    let text = value.as_ref();
    // A code point takes one to four bytes, so most texts need not be counted.
    if text.len() <= max && text.len().div_ceil(4) >= min {
        return true;
    }
    let count = text.chars().count();
    min <= count && count <= max
}

/// `pattern`: an unanchored search (section 6.3.3).
pub fn pattern<S: AsRef<str> + ?Sized>(value: &S, pattern: &Pattern) -> bool {
    pattern.is_match(value.as_ref())
}

/// A pattern that is compiled when it is first asked, and lives as long as the program.
#[macro_export]
macro_rules! pattern {
    ($source:literal) => {{
        static PATTERN: $crate::Pattern = $crate::Pattern::new($source);
        &PATTERN
    }};
}

/// `format`: a function of the module [`format`](mod@crate::format).
pub fn format<S: AsRef<str> + ?Sized>(value: &S, is_valid: impl FnOnce(&str) -> bool) -> bool {
    is_valid(value.as_ref())
}

/// The format `float` of a number that was read as `f64`: an `f32` is near to it.
pub fn single(value: &f64) -> bool {
    (*value as f32).is_finite()
}

/// A format of numbers, of an exact number.
pub fn number_format<T: Borrow<Number>>(value: &T, format: &str) -> bool {
    crate::format::check_number(format).is_none_or(|holds| holds(value.borrow()))
}

/// `minimum`
pub fn at_least<T: PartialOrd>(value: &T, bound: T) -> bool {
    *value >= bound
}

/// `maximum`
pub fn at_most<T: PartialOrd>(value: &T, bound: T) -> bool {
    *value <= bound
}

/// `exclusiveMinimum`
pub fn above<T: PartialOrd>(value: &T, bound: T) -> bool {
    *value > bound
}

/// `exclusiveMaximum`
pub fn below<T: PartialOrd>(value: &T, bound: T) -> bool {
    *value < bound
}

/// `minimum` of an exact number.
pub fn at_least_number<T: Borrow<Number>>(value: &T, bound: &str) -> bool {
    bounded(value, bound, |value, bound| value >= bound)
}

/// `maximum` of an exact number.
pub fn at_most_number<T: Borrow<Number>>(value: &T, bound: &str) -> bool {
    bounded(value, bound, |value, bound| value <= bound)
}

/// `exclusiveMinimum` of an exact number.
pub fn above_number<T: Borrow<Number>>(value: &T, bound: &str) -> bool {
    bounded(value, bound, |value, bound| value > bound)
}

/// `exclusiveMaximum` of an exact number.
pub fn below_number<T: Borrow<Number>>(value: &T, bound: &str) -> bool {
    bounded(value, bound, |value, bound| value < bound)
}

/// `multipleOf` of an exact number (section 6.2.1).
pub fn multiple_of_number<T: Borrow<Number>>(value: &T, divisor: &str) -> bool {
    bounded(value, divisor, Number::is_multiple_of)
}

/// `multipleOf` of a native number; decided by decimal value, so 19.99 is a multiple of 0.01.
pub fn multiple_of<T: Native>(value: &T, divisor: T) -> bool {
    value.is_multiple_of(divisor)
}

fn bounded<T: Borrow<Number>>(value: &T, bound: &str, holds: impl FnOnce(&Number, &Number) -> bool) -> bool {
    Number::from_lexeme(bound).is_ok_and(|bound| holds(value.borrow(), &bound))
}

/// `minItems`, `maxItems` (section 6.4).
pub fn items<L: List + ?Sized>(value: &L, min: usize, max: usize) -> bool {
    let count = value.elements().len();
    min <= count && count <= max
}

/// `uniqueItems`, by the equality of JSON Schema (section 6.4.3).
pub fn unique<L: List + ?Sized>(value: &L) -> bool
where
    L::Element: Encode,
{
    let elements = value.elements();
    if elements.len() < 2 {
        return true;
    }
    let read = |element| encode(element).ok().and_then(|bytes| Json::parse(&bytes).ok());
    let Some(mut elements) = elements.iter().map(read).collect::<Option<Vec<Json>>>() else {
        return false;
    };
    elements.sort_unstable();
    elements.is_sorted_by(|a, b| a != b)
}

/// `minProperties`, `maxProperties` of a map (section 6.5).
pub fn members<T>(value: &Map<T>, min: usize, max: usize) -> bool {
    (min..=max).contains(&value.len())
}

/// Whether every element holds a check.
pub fn each<L: List + ?Sized>(value: &L, holds: impl FnMut(&L::Element) -> bool) -> bool {
    value.elements().iter().all(holds)
}

/// Whether the value of every member of a map holds a check.
pub fn each_member<T>(value: &Map<T>, holds: impl FnMut(&T) -> bool) -> bool {
    value.values().all(holds)
}

/// Whether a value that may be null holds a check where it is not.
pub fn nullable<T>(value: &Option<T>, holds: impl FnOnce(&T) -> bool) -> bool {
    value.as_ref().is_none_or(holds)
}

/// What holds elements in an order.
pub trait List {
    /// What it holds.
    type Element;
    /// What it holds, in order.
    fn elements(&self) -> &[Self::Element];
}

impl<T> List for [T] {
    type Element = T;

    fn elements(&self) -> &[T] {
        self
    }
}

impl<T> List for Vec<T> {
    type Element = T;

    fn elements(&self) -> &[T] {
        self
    }
}

impl<L: List + ?Sized> List for Box<L> {
    type Element = L::Element;

    fn elements(&self) -> &[L::Element] {
        (**self).elements()
    }
}

/// A native number.
pub trait Native: Copy {
    /// Whether the value is an integer multiple of the divisor.
    fn is_multiple_of(self, divisor: Self) -> bool;
}

macro_rules! native {
    ($($integer:ident)* ; $($float:ident)*) => {
        $(
            impl Native for $integer {
                fn is_multiple_of(self, divisor: Self) -> bool {
                    // Only the division of the least by -1 overflows, and leaves nothing over.
                    divisor != 0 && self.checked_rem(divisor).unwrap_or(0) == 0
                }
            }
        )*
        $(
            impl Native for $float {
                fn is_multiple_of(self, divisor: Self) -> bool {
                    let number = |float: Self| Number::from_lexeme(zmij::Buffer::new().format(float));
                    match (number(self), number(divisor)) {
                        (Ok(value), Ok(divisor)) => value.is_multiple_of(&divisor),
                        _ => false,
                    }
                }
            }
        )*
    };
}

native! { i8 i16 i32 i64 u8 u16 u32 u64 ; f32 f64 }

impl Borrow<Number> for Integer {
    fn borrow(&self) -> &Number {
        self.as_number()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_code_points() {
        assert!(length("💩", 1, 1));
        assert!(!length("e\u{301}", 0, 1));
        assert!(!length("ab", 3, 10));
        assert!(length(&String::from("💩💩💩"), 3, 3));
        assert!(!length("💩", 2, 9));
    }

    #[test]
    fn bounds_of_native_and_exact_numbers() {
        assert!(at_least(&1, 1) && !at_least(&0.5, 1.0));
        assert!(at_most(&1, 1) && !below(&1, 1) && !above(&1, 1));
        assert!(at_least_number(&Integer::from(5), "5.0"));
        assert!(!at_most_number(&"1e400".parse::<Number>().unwrap(), "1e308"));
        assert!(above_number(&Number::from(1), "0.99999999999999999999999"));
        assert!(!below_number(&Number::from(1), "1"));
    }

    #[test]
    fn multiples() {
        assert!(multiple_of(&19.99, 0.01) && multiple_of(&0.0075, 0.0001) && !multiple_of(&0.00751, 0.0001));
        assert!(!multiple_of(&1e308, 0.123456789));
        assert!(multiple_of(&i64::MIN, -1) && !multiple_of(&7, 2) && !multiple_of(&7, 0));
        assert!(multiple_of(&0.3f32, 0.1));
        assert!(multiple_of_number(&Integer::from(9), "1.5"));
    }

    #[test]
    fn lists_and_maps() {
        assert!(unique(&vec!["a".to_owned(), "b".to_owned()]));
        assert!(!unique(&vec![1.0, 2.0, 1.0]));
        assert!(unique(&vec![Json::from(0), Json::from(false), Json::Array(vec![])]));
        assert!(items(&vec![1], 1, 1) && !items(&vec![1], 2, 3));
        assert!(each(&vec!["a", "bc"], |text| length(text, 1, 2)));
        assert!(nullable(&None::<i64>, |value| at_least(value, 5)));
        assert!(members(&Map::<i64>::new(), 0, 0));
    }
}
