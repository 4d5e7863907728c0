//! Requests that are sent again and must not be done again (IETF draft *The Idempotency-Key HTTP Header Field*).

use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::BuildHasher;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use http::StatusCode;
use indexmap::IndexMap;

use super::context::Context;
use super::error::ApiError;
use crate::decode::{Encode, encode};
use crate::fields::structured::{self, Bare};
use crate::violation::Violation;

const HEADER: &str = "idempotency-key";

/// What a client calls a request, however often it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// Reads the value of the header: a string of RFC 9651, in quotes. Parameters behind it mean nothing.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match structured::item(text)?.value {
            Bare::Text(key) => Some(Self(key)),
            _ => None,
        }
    }

    /// The key of a request; 400 where there is none, or none that can be read.
    ///
    /// # Errors
    /// If the header is missing, is there twice or is no string in quotes.
    pub fn of(context: &Context) -> Result<Self, ApiError> {
        let mut lines = context.headers().get_all(HEADER).iter();
        let (first, second) = (lines.next(), lines.next());
        let first = first.ok_or_else(missing)?;
        let key = first.to_str().ok().and_then(Self::parse).filter(|_| second.is_none());
        key.ok_or_else(|| {
            ApiError::malformed("MALFORMED_HEADER", "`Idempotency-Key` is one text in double quotes")
        })
    }

    /// The text between the quotes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a header is this one, without which an operation that needs it makes no sense: 400, as the draft says, rather
/// than the status of violations.
pub(super) fn is_key(header: &str) -> bool {
    header.eq_ignore_ascii_case(HEADER)
}

/// 400: the operation needs the header.
pub(super) fn missing() -> ApiError {
    let violation = Violation::new("", "required", "is required").located("header", Some("Idempotency-Key"));
    ApiError::malformed("IDEMPOTENCY_KEY_MISSING", "this operation needs the header `Idempotency-Key`")
        .with_violation(violation)
}

/// Remembers in memory what was answered to which key, for one operation. Several instances of a service need a store
/// that they share instead.
pub struct IdempotencyLedger<T> {
    entries: Mutex<IndexMap<(String, IdempotencyKey), Entry<T>>>,
    hasher: RandomState,
    keep: Duration,
    most: usize,
}

struct Entry<T> {
    payload: u64,
    /// `None` while the request is being processed.
    answer: Option<T>,
    since: Instant,
}

/// What is to be done with a request.
#[derive(Debug)]
pub enum Turn<'l, T> {
    /// It is new: process it, and finish the ticket with what is answered.
    First(Ticket<'l, T>),
    /// It was processed before: this was answered.
    Again(T),
}

/// The right to process a request. Dropped without an answer, it lets the request be sent again.
pub struct Ticket<'l, T> {
    ledger: &'l IdempotencyLedger<T>,
    key: Option<(String, IdempotencyKey)>,
}

impl<T: Clone> IdempotencyLedger<T> {
    /// A ledger that keeps answers for so long, and no more than `most` of them: then the oldest are forgotten.
    #[must_use]
    pub fn new(keep: Duration, most: usize) -> Self {
        Self { entries: Mutex::default(), hasher: RandomState::new(), keep, most: most.max(1) }
    }

    /// Begins a request. Keys are the caller's own, so say who calls; the payload is what must be the same each time.
    ///
    /// # Errors
    /// 409 while the same request is being processed, 422 if the key came with another payload before, 503 if there is
    /// no room because too many requests are being processed.
    pub fn begin(
        &self,
        caller: impl Into<String>,
        key: IdempotencyKey,
        payload: &(impl Encode + ?Sized),
    ) -> Result<Turn<'_, T>, ApiError> {
        let payload = self.hasher.hash_one(encode(payload)?);
        let key = (caller.into(), key);
        let mut entries = self.lock();
        if let Some(known) = entries.get(&key).filter(|known| !known.is_stale(self.keep)) {
            return match &known.answer {
                _ if known.payload != payload => Err(ApiError::new(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "IDEMPOTENCY_KEY_REUSED",
                    "this `Idempotency-Key` was used for another request",
                )),
                Some(answer) => Ok(Turn::Again(answer.clone())),
                None => Err(ApiError::new(
                    StatusCode::CONFLICT,
                    "IDEMPOTENCY_KEY_IN_USE",
                    "a request with this `Idempotency-Key` is being processed",
                )),
            };
        }
        if entries.len() >= self.most {
            entries.retain(|_, entry| !entry.is_stale(self.keep));
        }
        if entries.len() >= self.most {
            let oldest = entries.iter().position(|(_, entry)| entry.answer.is_some());
            entries.shift_remove_index(oldest.ok_or_else(|| ApiError::unavailable(1))?);
        }
        entries.shift_remove(&key);
        entries.insert(key.clone(), Entry { payload, answer: None, since: Instant::now() });
        Ok(Turn::First(Ticket { ledger: self, key: Some(key) }))
    }
}

impl<T> IdempotencyLedger<T> {
    fn lock(&self) -> MutexGuard<'_, IndexMap<(String, IdempotencyKey), Entry<T>>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Entry<T> {
    /// Whether an answer is too old; what is being processed never is.
    fn is_stale(&self, keep: Duration) -> bool {
        self.answer.is_some() && self.since.elapsed() > keep
    }
}

impl<T: Clone> Ticket<'_, T> {
    /// Remembers the answer, and gives it back.
    pub fn finish(mut self, answer: T) -> T {
        if let Some(key) = self.key.take()
            && let Some(entry) = self.ledger.lock().get_mut(&key)
        {
            entry.answer = Some(answer.clone());
        }
        answer
    }
}

impl<T> Drop for Ticket<'_, T> {
    fn drop(&mut self) {
        if let Some(key) = self.key.take() {
            self.ledger.lock().shift_remove(&key);
        }
    }
}

impl<T> fmt::Debug for IdempotencyLedger<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdempotencyLedger").field("entries", &self.lock().len()).finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for Ticket<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ticket").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> IdempotencyKey {
        IdempotencyKey::parse(text).unwrap()
    }

    #[test]
    fn keys_are_strings_in_quotes() {
        for (text, key) in [
            (r#""a b""#, "a b"),
            (r#" "8e03978e-40d5" "#, "8e03978e-40d5"),
            (r#""a\"b\\""#, r#"a"b\"#),
            (r#""a";x=1"#, "a"),
            ("\"\"", ""),
        ] {
            assert_eq!(IdempotencyKey::parse(text).as_ref().map(IdempotencyKey::as_str), Some(key), "{text}");
        }
        for broken in ["bare", "\"open", "\"a\"b", r#""a\n""#, "\"é\"", "'a'", "", "\"a\", \"b\""] {
            assert_eq!(IdempotencyKey::parse(broken), None, "{broken}");
        }
    }

    #[test]
    fn a_request_is_processed_once() {
        let ledger = IdempotencyLedger::new(Duration::from_secs(60), 10);
        let Ok(Turn::First(ticket)) = ledger.begin("ann", key("\"k\""), "payload") else {
            panic!("it is new")
        };
        let status = |payload: &str| {
            ledger.begin("ann", key("\"k\""), payload).map_err(|error| error.status().as_u16())
        };
        assert_eq!(status("payload").unwrap_err(), 409, "it is being processed");
        assert_eq!(ticket.finish("answer"), "answer");
        assert!(matches!(status("payload"), Ok(Turn::Again("answer"))));
        assert_eq!(status("other").unwrap_err(), 422);
        assert!(
            matches!(ledger.begin("bob", key("\"k\""), "other"), Ok(Turn::First(_))),
            "his key is another"
        );
    }

    #[test]
    fn what_failed_can_be_sent_again_and_what_is_old_is_forgotten() {
        let ledger = IdempotencyLedger::new(Duration::ZERO, 2);
        drop(ledger.begin("ann", key("\"a\""), "1"));
        let Ok(Turn::First(ticket)) = ledger.begin("ann", key("\"a\""), "1") else {
            panic!("nothing was answered")
        };
        ticket.finish(1);
        std::thread::sleep(Duration::from_millis(2));
        assert!(
            matches!(ledger.begin("ann", key("\"a\""), "2"), Ok(Turn::First(_))),
            "the answer was too old"
        );
        let running = [ledger.begin("ann", key("\"b\""), "1"), ledger.begin("ann", key("\"c\""), "1")];
        assert_eq!(ledger.begin("ann", key("\"d\""), "1").unwrap_err().status().as_u16(), 503);
        drop(running);
        assert!(ledger.begin("ann", key("\"d\""), "1").is_ok());
    }
}
