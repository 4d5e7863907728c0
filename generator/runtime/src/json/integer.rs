//! Integers without bounds.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use super::number::{Number, NumberError};

/// An integer of any size: what `type: integer` without bounds or format holds.
///
/// Compares with native integers and converts from and to them, so most code never sees the difference.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Integer(Number);

impl Integer {
    /// Takes a number that has no fraction; `None` otherwise.
    pub fn new(number: Number) -> Option<Self> {
        number.is_integer().then_some(Self(number))
    }

    /// The value as a native integer, when it fits.
    pub fn as_i64(&self) -> Option<i64> {
        self.0.as_i64()
    }

    /// The value as a native integer, when it fits.
    pub fn as_u64(&self) -> Option<u64> {
        self.0.as_u64()
    }

    /// The value as a native integer, when it fits and has at most 37 digits.
    pub fn as_i128(&self) -> Option<i128> {
        self.0.as_i128()
    }

    /// The same value as a number.
    pub fn as_number(&self) -> &Number {
        &self.0
    }
}

impl fmt::Display for Integer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Integer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for Integer {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        Self::new(Number::from_lexeme(text)?).ok_or(NumberError::NotAnInteger)
    }
}

impl TryFrom<Number> for Integer {
    type Error = NumberError;

    fn try_from(number: Number) -> Result<Self, NumberError> {
        Self::new(number).ok_or(NumberError::NotAnInteger)
    }
}

impl From<Integer> for Number {
    fn from(integer: Integer) -> Self {
        integer.0
    }
}

macro_rules! native {
    ($($native:ident)*) => {$(
        impl From<$native> for Integer {
            fn from(value: $native) -> Self {
                Self(Number::from(value))
            }
        }

        impl TryFrom<&Integer> for $native {
            type Error = NumberError;

            fn try_from(integer: &Integer) -> Result<Self, NumberError> {
                integer.as_i128().and_then(|value| Self::try_from(value).ok()).ok_or(NumberError::OutOfRange)
            }
        }

        impl TryFrom<Integer> for $native {
            type Error = NumberError;

            fn try_from(integer: Integer) -> Result<Self, NumberError> {
                Self::try_from(&integer)
            }
        }

        impl PartialEq<$native> for Integer {
            fn eq(&self, other: &$native) -> bool {
                self.0 == Number::from(*other)
            }
        }

        impl PartialEq<Integer> for $native {
            fn eq(&self, other: &Integer) -> bool {
                other == self
            }
        }

        impl PartialOrd<$native> for Integer {
            fn partial_cmp(&self, other: &$native) -> Option<Ordering> {
                Some(self.0.cmp(&Number::from(*other)))
            }
        }

        impl PartialOrd<Integer> for $native {
            fn partial_cmp(&self, other: &Integer) -> Option<Ordering> {
                Some(Number::from(*self).cmp(&other.0))
            }
        }
    )*};
}

native! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 usize }

#[cfg(test)]
mod tests {
    use super::Integer;

    #[test]
    fn feels_native() {
        let seven = Integer::from(7);
        assert_eq!(seven, 7);
        assert!(seven > 6 && seven < 8u64 && 9 > seven);
        assert_eq!(i64::try_from(&seven), Ok(7));
        assert_eq!(u8::try_from(seven), Ok(7));
        assert_eq!(Integer::default(), 0);
        assert_eq!(format!("{:?} {}", Integer::from(-3), Integer::from(u64::MAX)), "-3 18446744073709551615");
    }

    #[test]
    fn every_spelling_of_an_integer() {
        assert_eq!("1e2".parse::<Integer>().unwrap(), 100);
        assert_eq!("1.0".parse::<Integer>().unwrap(), 1);
        assert!("1.5".parse::<Integer>().is_err());
        let big: Integer = "12345678901234567890123".parse().unwrap();
        assert_eq!(big.to_string(), "12345678901234567890123");
        assert!(big > i64::MAX);
        assert!(i64::try_from(&big).is_err());
        assert_eq!(u64::try_from(&Integer::from(u64::MAX)), Ok(u64::MAX));
        assert!("1e1000000000".parse::<Integer>().unwrap() > big);
    }
}
