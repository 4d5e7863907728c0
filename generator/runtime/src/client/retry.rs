//! Repeating what failed, where that is safe.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::RETRY_AFTER;

use crate::fields::RateLimit;
use crate::random::random;

/// When a request is sent again: only with an idempotent method (RFC 9110 section 9.2.2) or an `Idempotency-Key`, and a
/// body that is still there; after a transport error, or on the statuses 429, 502, 503 and 504.
///
/// Between attempts the client waits as long as `Retry-After` says, else until the `RateLimit` of a quota that is used up
/// allows more, otherwise a random time up to a bound that doubles.
/// Of many requests only a share may be repeated, so that retries do not bury a server that is down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    attempts: u32,
    first_wait: Duration,
    longest_wait: Duration,
    share: u32,
}

impl Default for RetryPolicy {
    /// Three attempts, 100 ms doubling up to 5 s, no more than a fifth of all requests.
    fn default() -> Self {
        Self {
            attempts: 3,
            first_wait: Duration::from_millis(100),
            longest_wait: Duration::from_secs(5),
            share: 20,
        }
    }
}

impl RetryPolicy {
    /// How often a request is sent at most, the first time included.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// The bound of the first wait, and of all waits. A server that asks for a longer one is not tried again.
    pub fn waits(mut self, first: Duration, longest: Duration) -> Self {
        self.first_wait = first;
        self.longest_wait = longest;
        self
    }

    /// How many in a hundred requests may be repeated.
    pub fn share(mut self, percent: u32) -> Self {
        self.share = percent.min(100);
        self
    }
}

/// A policy, and what is left of its budget.
#[derive(Debug)]
pub(super) struct Retry {
    policy: RetryPolicy,
    /// Hundredths of a retry.
    budget: AtomicU32,
}

/// So many retries are always possible, also for a client that sends little.
const RESERVE: u32 = 10 * 100;

impl Retry {
    pub(super) fn new(policy: RetryPolicy) -> Self {
        Self { policy, budget: AtomicU32::new(RESERVE) }
    }

    /// Counts a request that is sent for the first time.
    pub(super) fn deposit(&self) {
        let add = |budget: u32| Some(budget.saturating_add(self.policy.share).min(RESERVE));
        self.budget.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add).ok();
    }

    /// How long to wait before attempt `sent + 1`; `None` if there shall be no other.
    pub(super) fn wait(&self, sent: u32, asked: Option<Duration>) -> Option<Duration> {
        if sent >= self.policy.attempts || asked.is_some_and(|wait| wait > self.policy.longest_wait) {
            return None;
        }
        let spend = |budget: u32| budget.checked_sub(100);
        self.budget.fetch_update(Ordering::Relaxed, Ordering::Relaxed, spend).ok()?;
        let doubled = 2_u32.saturating_pow(sent.saturating_sub(1));
        let bound = self.policy.first_wait.saturating_mul(doubled).min(self.policy.longest_wait);
        Some(asked.unwrap_or_else(|| bound.mul_f64(random_share())))
    }
}

/// A number between a half and one: jitter that still backs off.
fn random_share() -> f64 {
    0.5 + (random() >> 11) as f64 / (1_u64 << 54) as f64
}

/// Whether sending a request twice is the same as sending it once.
pub(super) fn repeatable(method: &str, headers: &HeaderMap) -> bool {
    matches!(method, "GET" | "HEAD" | "PUT" | "DELETE" | "OPTIONS" | "TRACE" | "QUERY")
        || headers.contains_key("idempotency-key")
}

/// Whether a response says that another attempt may do better.
pub(super) fn passing(status: u16) -> bool {
    matches!(status, 429 | 502 | 503 | 504)
}

/// How long the server asks to wait: `Retry-After` says so, else the `RateLimit` of a quota that is used up.
pub(super) fn asked(headers: &HeaderMap) -> Option<Duration> {
    retry_after(headers).or_else(|| RateLimit::wait(headers))
}

/// `Retry-After`: seconds or a date (RFC 9110 section 10.2.3).
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(SystemTime::now()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_end() {
        let retry = Retry::new(RetryPolicy::default().attempts(4));
        for (sent, bound) in [(1, 100), (2, 200), (3, 400)] {
            let wait = retry.wait(sent, None).unwrap();
            assert!(
                wait >= Duration::from_millis(bound / 2) && wait <= Duration::from_millis(bound),
                "{wait:?}"
            );
        }
        assert_eq!(retry.wait(4, None), None);
        assert_eq!(retry.wait(1, Some(Duration::from_secs(2))), Some(Duration::from_secs(2)));
        assert_eq!(retry.wait(1, Some(Duration::from_secs(6))), None);
    }

    #[test]
    fn the_budget_runs_out_and_fills_again() {
        let retry = Retry::new(RetryPolicy::default());
        assert_eq!((0..20).filter(|_| retry.wait(1, None).is_some()).count(), 10);
        (0..5).for_each(|_| retry.deposit());
        assert!(retry.wait(1, None).is_some());
        assert!(retry.wait(1, None).is_none());
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let read = |text: &str| retry_after(&HeaderMap::from_iter([(RETRY_AFTER, text.parse().unwrap())]));
        assert_eq!(read("7"), Some(Duration::from_secs(7)));
        assert_eq!(read("99999999999999999999"), Some(Duration::from_secs(u64::MAX)));
        assert_eq!(read("Fri, 31 Dec 1999 23:59:59 GMT"), Some(Duration::ZERO));
        assert!(read("Thu, 31 Dec 2099 23:59:59 GMT").unwrap() > Duration::from_secs(60));
        assert_eq!(read("soon"), None);
        assert_eq!(read("-1"), None);
    }

    #[test]
    fn retry_after_wins_over_rate_limits() {
        let read = |lines: &[(&'static str, &'static str)]| {
            asked(
                &lines.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect(),
            )
        };
        let limits = ("ratelimit", "\"a\";r=0;t=7, \"b\";r=0;t=9, \"c\";r=5;t=60");
        assert_eq!(read(&[limits]), Some(Duration::from_secs(9)));
        assert_eq!(read(&[limits, ("retry-after", "2")]), Some(Duration::from_secs(2)));
        assert_eq!(read(&[("ratelimit", "limit=5, reset=9")]), None, "a form of older drafts");
        assert_eq!(read(&[("ratelimit", "\"a\";r=0")]), None);
    }

    #[test]
    fn only_what_is_safe_is_repeated() {
        let none = HeaderMap::new();
        let safe = |method: &str| repeatable(method, &none);
        assert!(["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "QUERY"].into_iter().all(safe));
        assert!(!["POST", "PATCH", "CONNECT"].into_iter().any(safe));
        let keyed = HeaderMap::from_iter([("idempotency-key".parse().unwrap(), "\"a\"".parse().unwrap())]);
        assert!(repeatable("POST", &keyed));
    }
}
