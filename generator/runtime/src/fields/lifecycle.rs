//! `Deprecation` and `Sunset`.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderMap;
#[cfg(any(test, feature = "server"))]
use http::HeaderValue;

use super::combined;
use super::structured::{Bare, item};

const DEPRECATION: &str = "deprecation";
const SUNSET: &str = "sunset";

/// Since when an operation is deprecated, or from when on it will be: `@1688169599` (RFC 9745).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Deprecation(i64);

impl Deprecation {
    /// A second, counted from the beginning of 1970 in UTC.
    #[must_use]
    pub const fn at(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Reads the value of the field. `true`, which a draft had, is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match item(text)?.value {
            Bare::Date(seconds) => Some(Self(seconds)),
            _ => None,
        }
    }

    /// The second.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Deprecation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "@{}", self.0)
    }
}

/// When an operation will be gone: `Sun, 30 Jun 2024 23:59:59 GMT` (RFC 8594).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sunset(u64);

/// The last second of the year 9999, which is as far as dates of HTTP go.
const LAST: u64 = 253_402_300_799;

impl Sunset {
    /// A second, counted from the beginning of 1970 in UTC; later than the year 9999 is the end of it.
    #[must_use]
    pub const fn at(seconds: u64) -> Self {
        Self(if seconds < LAST { seconds } else { LAST })
    }

    /// Reads the value of the field, a date of HTTP (RFC 9110, section 5.6.7).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let date = httpdate::parse_http_date(text.trim()).ok()?;
        date.duration_since(UNIX_EPOCH).ok().map(|since| Self(since.as_secs()))
    }

    /// The second.
    #[must_use]
    pub const fn seconds(self) -> u64 {
        self.0
    }

    /// The time.
    #[must_use]
    pub fn time(self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(self.0)
    }
}

impl fmt::Display for Sunset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        httpdate::HttpDate::from(self.time()).fmt(f)
    }
}

/// What a response says about the future of its operation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lifecycle {
    /// Since when it is deprecated.
    pub deprecation: Option<Deprecation>,
    /// When it will be gone.
    pub sunset: Option<Sunset>,
}

impl Lifecycle {
    /// An operation that is deprecated from then on.
    #[must_use]
    pub const fn deprecated(since: Deprecation) -> Self {
        Self { deprecation: Some(since), sunset: None }
    }

    /// … and will be gone by then.
    ///
    /// # Errors
    /// If that is earlier than the deprecation (RFC 9745, section 4).
    pub fn sunset(mut self, sunset: Sunset) -> Result<Self, SunsetTooEarly> {
        self.sunset = Some(sunset);
        if self.is_contradictory() { Err(SunsetTooEarly) } else { Ok(self) }
    }

    /// What headers say.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        let text = |name: &str| combined(headers, name);
        Self {
            deprecation: text(DEPRECATION).as_deref().and_then(Deprecation::parse),
            sunset: text(SUNSET).as_deref().and_then(Sunset::parse),
        }
    }

    /// Whether nothing is said.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.deprecation.is_none() && self.sunset.is_none()
    }

    /// Whether the operation is gone before it is deprecated: somebody should ask its owner what is meant.
    #[must_use]
    pub fn is_contradictory(&self) -> bool {
        let since = self.deprecation.and_then(|since| u64::try_from(since.seconds()).ok());
        since.zip(self.sunset).is_some_and(|(since, sunset)| sunset.seconds() < since)
    }

    /// Says so in headers that do not say it yet.
    #[cfg(feature = "server")]
    pub(crate) fn insert(&self, headers: &mut HeaderMap) {
        let deprecation = self.deprecation.map(|deprecation| (DEPRECATION, deprecation.to_string()));
        let sunset = self.sunset.map(|sunset| (SUNSET, sunset.to_string()));
        for (name, text) in deprecation.into_iter().chain(sunset) {
            if let Ok(value) = HeaderValue::try_from(text) {
                headers.entry(name).or_insert(value);
            }
        }
    }
}

/// A sunset that would be before the deprecation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SunsetTooEarly;

impl fmt::Display for SunsetTooEarly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an operation is not gone before it is deprecated")
    }
}

impl std::error::Error for SunsetTooEarly {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_fields_are_read_and_written() {
        assert_eq!(Deprecation::parse("@1688169599"), Some(Deprecation::at(1_688_169_599)));
        assert_eq!(Deprecation::at(-1).to_string(), "@-1");
        for broken in ["true", "1688169599", "Sun, 30 Jun 2024 23:59:59 GMT", "@1.5", ""] {
            assert_eq!(Deprecation::parse(broken), None, "{broken}");
        }
        let sunset = Sunset::parse("Sun, 30 Jun 2024 23:59:59 GMT").unwrap();
        assert_eq!(
            (sunset.seconds(), sunset.to_string().as_str()),
            (1_719_791_999, "Sun, 30 Jun 2024 23:59:59 GMT")
        );
        assert_eq!(Sunset::at(u64::MAX).to_string(), "Fri, 31 Dec 9999 23:59:59 GMT");
        assert_eq!(Sunset::parse("2024-06-30"), None);
    }

    #[test]
    fn nothing_is_gone_before_it_is_deprecated() {
        let deprecated = Lifecycle::deprecated(Deprecation::at(100));
        assert_eq!(deprecated.sunset(Sunset::at(99)), Err(SunsetTooEarly));
        assert!(deprecated.sunset(Sunset::at(100)).is_ok());
        assert!(Lifecycle::deprecated(Deprecation::at(-5)).sunset(Sunset::at(0)).is_ok());
        let headers = |lines: &[(&'static str, &'static str)]| {
            lines
                .iter()
                .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)))
                .collect()
        };
        let read = Lifecycle::of(&headers(&[
            ("deprecation", "@86400"),
            ("sunset", "Thu, 01 Jan 1970 00:00:01 GMT"),
        ]));
        assert!(read.is_contradictory());
        assert!(Lifecycle::of(&headers(&[("deprecation", "true"), ("sunset", "soon")])).is_empty());
    }
}
