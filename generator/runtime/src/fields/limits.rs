//! `RateLimit` and `RateLimit-Policy`.

use std::fmt;
#[cfg(feature = "client")]
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;

use super::combined;
use super::structured::{Bare, Item, list};

/// What is left of a quota: `"default";r=50;t=30`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// The name of the policy.
    pub policy: String,
    /// How much is left.
    pub remaining: u64,
    /// In how many seconds there is more, if that is said.
    pub reset: Option<u64>,
    /// Whom the quota is for.
    pub partition: Option<Vec<u8>>,
}

/// A quota: `"burst";q=100;w=60`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateLimitPolicy {
    /// The name of the policy.
    pub name: String,
    /// How much may be had in each window.
    pub quota: u64,
    /// What is counted; requests, where nothing is said.
    pub unit: Option<String>,
    /// How many seconds a window has.
    pub window: Option<u64>,
    /// Whom the quota is for.
    pub partition: Option<Vec<u8>>,
}

impl RateLimit {
    /// What headers say; nothing where a part of the field is not as the draft has it.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Vec<Self> {
        combined(headers, "ratelimit").and_then(|text| Self::parse(&text)).unwrap_or_default()
    }

    /// Reads the value of the field.
    #[must_use]
    pub fn parse(text: &str) -> Option<Vec<Self>> {
        let limit = |item: Item| {
            Some(Self {
                remaining: count(&item, "r")??,
                reset: count(&item, "t")?,
                partition: bytes(&item)?,
                policy: name(item)?,
            })
        };
        list(text)?.into_iter().map(limit).collect()
    }

    /// How long to wait where a quota is used up: until the last of them is not.
    #[cfg(feature = "client")]
    pub(crate) fn wait(headers: &HeaderMap) -> Option<Duration> {
        let spent = Self::of(headers).into_iter().filter(|limit| limit.remaining == 0);
        spent.filter_map(|limit| limit.reset).max().map(Duration::from_secs)
    }
}

impl RateLimitPolicy {
    /// What headers say; nothing where a part of the field is not as the draft has it.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Vec<Self> {
        combined(headers, "ratelimit-policy").and_then(|text| Self::parse(&text)).unwrap_or_default()
    }

    /// Reads the value of the field.
    #[must_use]
    pub fn parse(text: &str) -> Option<Vec<Self>> {
        let policy = |item: Item| {
            let unit = match item.parameter("qu") {
                None => None,
                Some(Bare::Text(unit)) => Some(unit.clone()),
                Some(_) => return None,
            };
            let window = count(&item, "w")?.filter(|window| *window > 0);
            if window.is_none() && item.parameter("w").is_some() {
                return None;
            }
            Some(Self {
                quota: count(&item, "q")??,
                unit,
                window,
                partition: bytes(&item)?,
                name: name(item)?,
            })
        };
        list(text)?.into_iter().map(policy).collect()
    }
}

/// A parameter that counts: nothing where it is something else, nothing within where it is not there.
fn count(item: &Item, name: &str) -> Option<Option<u64>> {
    match item.parameter(name) {
        None => Some(None),
        Some(Bare::Integer(number)) => u64::try_from(*number).ok().map(Some),
        Some(_) => None,
    }
}

fn bytes(item: &Item) -> Option<Option<Vec<u8>>> {
    match item.parameter("pk") {
        None => Some(None),
        Some(Bare::Bytes(bytes)) => Some(Some(bytes.clone())),
        Some(_) => None,
    }
}

fn name(item: Item) -> Option<String> {
    match item.value {
        Bare::Text(name) => Some(name),
        _ => None,
    }
}

/// A text in quotes; what no structured field can hold is left out.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: String = self.0.chars().filter(|c| matches!(c, ' '..='~')).collect();
        write!(f, "\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

fn write_partition(f: &mut fmt::Formatter<'_>, partition: Option<&Vec<u8>>) -> fmt::Result {
    partition.map_or(Ok(()), |bytes| write!(f, ";pk=:{}:", STANDARD.encode(bytes)))
}

/// An item of the field.
impl fmt::Display for RateLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{};r={}", Quoted(&self.policy), self.remaining)?;
        self.reset.map_or(Ok(()), |seconds| write!(f, ";t={seconds}"))?;
        write_partition(f, self.partition.as_ref())
    }
}

/// An item of the field.
impl fmt::Display for RateLimitPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{};q={}", Quoted(&self.name), self.quota)?;
        self.unit.as_ref().map_or(Ok(()), |unit| write!(f, ";qu={}", Quoted(unit)))?;
        self.window.map_or(Ok(()), |seconds| write!(f, ";w={seconds}"))?;
        write_partition(f, self.partition.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_and_written() {
        let text = r#""default";r=50;t=30, "day";r=0;pk=:aGk=:"#;
        let limits = RateLimit::parse(text).unwrap();
        assert_eq!(
            (limits[0].policy.as_str(), limits[0].remaining, limits[0].reset),
            ("default", 50, Some(30))
        );
        assert_eq!(limits[1].partition.as_deref(), Some(&b"hi"[..]));
        let written: Vec<String> = limits.iter().map(RateLimit::to_string).collect();
        assert_eq!(written.join(", "), text);
        let text = r#""burst";q=100;w=60, "a\"b";q=5;qu="content-bytes""#;
        let policies = RateLimitPolicy::parse(text).unwrap();
        let written: Vec<String> = policies.iter().map(RateLimitPolicy::to_string).collect();
        assert_eq!(written.join(", "), text);
    }

    #[test]
    fn what_is_malformed_says_nothing() {
        for broken in [
            "\"a\"",
            "\"a\";r=-1",
            "\"a\";r=1.5",
            "a;r=1",
            "\"a\";r=1;t=x",
            "\"a\";r=1;pk=\"x\"",
            "limit=10, remaining=5",
        ] {
            assert_eq!(RateLimit::parse(broken), None, "{broken}");
        }
        for broken in ["\"a\";w=1", "\"a\";q=1;w=0", "\"a\";q=-1", "\"a\";q=1;qu=requests", "10;w=60"] {
            assert_eq!(RateLimitPolicy::parse(broken), None, "{broken}");
        }
    }
}
