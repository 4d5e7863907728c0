//! Numbers by their decimal value.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use super::decimal::{Decimal, is_shortest};
use crate::reader::scan;

/// A JSON number, exactly as its decimal text says: `1.0` equals `1`, and `12345678901234567890` survives.
///
/// RFC 8259, section 6, sets no bounds; JSON Schema Core, section 4.2.2, compares by mathematical value.
#[derive(Clone)]
pub struct Number(Repr);

/// Every value has one representation: `Int` where it fits, then `Float`, then `Text`.
#[derive(Clone)]
enum Repr {
    Int(i64),
    /// Stands for the shortest decimal that reads back as this float; finite.
    Float(f64),
    /// The lexeme of anything else.
    Text(Box<str>),
}

/// Why a text or a float is not the number that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NumberError {
    /// The text does not follow the grammar of RFC 8259, section 6.
    Syntax,
    /// Infinities and NaN have no JSON text.
    NotFinite,
    /// There is a fraction where an integer is wanted.
    NotAnInteger,
    /// The value does not fit the native type.
    OutOfRange,
}

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Syntax => "not a JSON number",
            Self::NotFinite => "not a finite number",
            Self::NotAnInteger => "not an integer",
            Self::OutOfRange => "out of the range of the type",
        })
    }
}

impl std::error::Error for NumberError {}

impl Number {
    /// Reads a number by the grammar of RFC 8259, section 6.
    pub fn from_lexeme(lexeme: &str) -> Result<Self, NumberError> {
        match scan::number(lexeme.as_bytes(), 0) {
            Ok(end) if end == lexeme.len() => Ok(Self::from_valid(lexeme)),
            _ => Err(NumberError::Syntax),
        }
    }

    /// Reads a lexeme whose grammar was checked.
    pub(crate) fn from_valid(lexeme: &str) -> Self {
        if let Ok(value) = i64::from_str(lexeme) {
            return Self(Repr::Int(value));
        }
        let decimal = Decimal::new(lexeme);
        if decimal.is_integer()
            && decimal.magnitude() <= 19
            && let Some(value) = decimal.to_i128().and_then(|value| i64::try_from(value).ok())
        {
            return Self(Repr::Int(value));
        }
        if decimal.precision() <= 17
            && let Ok(value) = f64::from_str(lexeme)
            && value.is_finite()
        {
            // Up to 15 digits of a normal float always print back; beyond, printing decides.
            let certain = decimal.precision() <= 15 && (-290..300).contains(&decimal.magnitude());
            if certain || is_shortest(lexeme, value) {
                return Self(Repr::Float(value));
            }
        }
        Self(Repr::Text(lexeme.into()))
    }

    /// The nearest float; infinite beyond its range.
    pub fn as_f64(&self) -> f64 {
        match &self.0 {
            Repr::Int(value) => *value as f64,
            Repr::Float(value) => *value,
            Repr::Text(lexeme) => f64::from_str(lexeme).unwrap_or(f64::NAN),
        }
    }

    /// The value, when it is an integer in the range.
    pub fn as_i64(&self) -> Option<i64> {
        match &self.0 {
            Repr::Int(value) => Some(*value),
            _ => None,
        }
    }

    /// The value, when it is an integer in the range.
    pub fn as_u64(&self) -> Option<u64> {
        self.as_i128().and_then(|value| u64::try_from(value).ok())
    }

    /// The value, when it is an integer of at most 37 digits.
    pub fn as_i128(&self) -> Option<i128> {
        match &self.0 {
            Repr::Int(value) => Some(i128::from(*value)),
            _ => self.with_decimal(|decimal| decimal.to_i128()),
        }
    }

    /// Whether there is no fraction (`1.0` and `1e2` have none): JSON Schema Validation, section 6.1.1.
    pub fn is_integer(&self) -> bool {
        matches!(self.0, Repr::Int(_)) || self.with_decimal(|decimal| decimal.is_integer())
    }

    /// Whether the value is an integer multiple of `divisor`, decided exactly: JSON Schema Validation, section 6.2.1.
    pub fn is_multiple_of(&self, divisor: &Self) -> bool {
        match (&self.0, &divisor.0) {
            (_, Repr::Int(0)) => false,
            (Repr::Int(value), Repr::Int(divisor)) => value.checked_rem(*divisor).unwrap_or(0) == 0,
            _ => self.with_decimal(|value| divisor.with_decimal(|divisor| value.is_multiple_of(&divisor))),
        }
    }

    fn with_decimal<T>(&self, judge: impl FnOnce(Decimal<'_>) -> T) -> T {
        match &self.0 {
            Repr::Int(value) => judge(Decimal::new(&value.to_string())),
            Repr::Float(value) => judge(Decimal::new(&format!("{value:e}"))),
            Repr::Text(lexeme) => judge(Decimal::new(lexeme)),
        }
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Repr::Int(a), Repr::Int(b)) => a.cmp(b),
            // Shortest decimals are in the order of their floats, which are never zero here.
            (Repr::Float(a), Repr::Float(b)) => a.total_cmp(b),
            (Repr::Int(a), Repr::Float(b)) => compare_int(*a, *b),
            (Repr::Float(a), Repr::Int(b)) => compare_int(*b, *a).reverse(),
            _ => self.with_decimal(|a| other.with_decimal(|b| a.cmp(&b))),
        }
    }
}

/// Compares an integer with a float whose shortest decimal is either outside the range of `i64` or has a fraction. That of
/// -2^63 is -9223372036854776000, and so outside.
fn compare_int(int: i64, float: f64) -> Ordering {
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    if float >= BEYOND {
        Ordering::Less
    } else if float <= -BEYOND {
        Ordering::Greater
    } else if int <= float.floor() as i64 {
        Ordering::Less
    } else {
        Ordering::Greater
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Repr::Int(a), Repr::Int(b)) => a == b,
            (Repr::Float(a), Repr::Float(b)) => a == b,
            (Repr::Text(a), Repr::Text(b)) => Decimal::new(a) == Decimal::new(b),
            _ => false,
        }
    }
}

impl Eq for Number {}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match &self.0 {
            Repr::Int(value) => value.hash(state),
            Repr::Float(value) => value.to_bits().hash(state),
            Repr::Text(lexeme) => Decimal::new(lexeme).hash(state),
        }
    }
}

impl Default for Number {
    fn default() -> Self {
        Self(Repr::Int(0))
    }
}

/// The JSON text of the value: plain digits for everyday sizes, an exponent beyond.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Int(value) => write!(f, "{value}"),
            // Without an exponent, and never an integer.
            Repr::Float(value) if (1e-5..1e15).contains(&value.abs()) => {
                f.write_str(zmij::Buffer::new().format_finite(*value))
            }
            Repr::Float(value) if (1e-7..1e21).contains(&value.abs()) => write!(f, "{value}"),
            Repr::Float(value) => write!(f, "{value:e}"),
            Repr::Text(lexeme) => f.write_str(lexeme),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Number {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        Self::from_lexeme(text)
    }
}

/// The shortest decimal that reads back as the float.
impl TryFrom<f64> for Number {
    type Error = NumberError;

    fn try_from(value: f64) -> Result<Self, NumberError> {
        if value.is_finite() {
            Ok(Self::from_valid(zmij::Buffer::new().format_finite(value)))
        } else {
            Err(NumberError::NotFinite)
        }
    }
}

macro_rules! from_native {
    ($($native:ident)*) => {$(
        impl From<$native> for Number {
            fn from(value: $native) -> Self {
                match i64::try_from(value) {
                    Ok(value) => Self(Repr::Int(value)),
                    Err(_) => Self::from_valid(&value.to_string()),
                }
            }
        }
    )*};
}

from_native! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize }

#[cfg(test)]
#[path = "number_tests.rs"]
mod tests;
