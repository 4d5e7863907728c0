//! [`Call`]: one request to one operation, on its way to the handler and back.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, HttpBody};
use bytes::Bytes;
use http::StatusCode;

use super::context::Context;
use super::error::{ApiError, Invalid};
use super::settings::Settings;
use crate::file::File;
use crate::operation::{Location, Media, Operation};
use crate::schema::Contract;
use crate::style::Pairs;
use crate::violation::Violation;

/// One request to one operation.
///
/// Its readers return [`Invalid`] where something is wrong and remember what; [`Call::settle`] then tells everything
/// at once.
pub struct Call {
    pub(super) context: Context,
    pub(super) contract: &'static Contract,
    pub(super) operation: &'static Operation,
    pub(super) served: Arc<Served>,
    /// What the variables of the path match: ranges of the URI's path, in their order.
    pub(super) captures: Vec<Range<usize>>,
    // What most calls have none of is apart, so that a call is small.
    pub(super) query: Option<Box<Pairs>>,
    pub(super) cookies: Option<Box<Pairs>>,
    /// Room for the JSON text of one parameter after the other.
    pub(super) room: Vec<u8>,
    pub(super) body: Incoming,
    pub(super) whole: Option<Box<Whole>>,
    pub(super) media: Choice,
    pub(super) faults: Faults,
}

/// What all calls of one operation share.
pub(super) struct Served {
    pub(super) settings: Arc<Settings>,
    /// The variables of the path template.
    pub(super) variables: Vec<String>,
    pub(super) body_limit: usize,
    pub(super) room: Room,
}

/// How much room the bodies of responses took: those of one operation are mostly alike, and one that has room from the
/// beginning need not be moved while it grows.
#[derive(Debug, Default)]
pub(super) struct Room(AtomicUsize);

impl Room {
    /// What is made ready at least, and at most.
    const BOUNDS: (usize, usize) = (128, 16 * 1024);

    pub(super) fn get(&self) -> usize {
        let (least, most) = Self::BOUNDS;
        self.0.load(Ordering::Relaxed).clamp(least, most)
    }

    pub(super) fn took(&self, capacity: usize) {
        if capacity > self.get() {
            self.0.store(capacity, Ordering::Relaxed);
        }
    }
}

/// The body until somebody takes it. The lock is never taken, only gone around with `&mut`: it makes a [`Call`] `Sync`,
/// so that a future may hold a reference to it.
pub(super) struct Incoming {
    body: Mutex<Option<Body>>,
    /// Whether the head of the request says that there is none.
    pub(super) is_empty: bool,
}

impl Incoming {
    pub(super) fn new(body: Body) -> Self {
        Self { is_empty: body.is_end_stream(), body: Mutex::new(Some(body)) }
    }

    pub(super) fn take(&mut self) -> Option<Body> {
        self.body.get_mut().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// A body that was read as a whole: its JSON text, the files in it, and what is wrong with it so far.
pub(super) struct Whole {
    pub(super) json: Result<Option<Bytes>, Invalid>,
    pub(super) files: Vec<File>,
    pub(super) faults: Faults,
}

/// Which declared media type the body has.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Choice {
    #[default]
    Open,
    Made(Option<&'static Media>),
    Failed,
}

/// What is wrong with the request so far.
#[derive(Debug, Default)]
pub(super) struct Faults {
    /// A failure that is told alone: 413, 415, a body that is no JSON.
    failure: Option<ApiError>,
    /// The code of the first part that cannot be read at all.
    malformed: Option<&'static str>,
    violations: Vec<Violation>,
}

impl Faults {
    #[cold]
    pub(super) fn fail(&mut self, error: ApiError) -> Invalid {
        self.failure.get_or_insert(error);
        Invalid
    }

    #[cold]
    pub(super) fn violate(&mut self, violation: Violation) -> Invalid {
        self.violations.push(violation);
        Invalid
    }

    #[cold]
    pub(super) fn malformed(&mut self, location: Location, name: Option<&str>, message: &str) -> Invalid {
        let code = match location {
            Location::Path => "MALFORMED_PATH",
            Location::Query | Location::Querystring => "MALFORMED_QUERY",
            Location::Header => "MALFORMED_HEADER",
            Location::Cookie => "MALFORMED_COOKIE",
        };
        self.malformed.get_or_insert(code);
        self.violate(Violation::new("", "malformed", message).located(location.as_str(), name))
    }

    /// Adds what was found elsewhere, behind what was found before.
    pub(super) fn append(&mut self, other: Self) {
        if other.is_empty() {
            return;
        }
        self.failure = self.failure.take().or(other.failure);
        self.malformed = self.malformed.or(other.malformed);
        self.violations.extend(other.violations);
    }

    fn is_empty(&self) -> bool {
        self.failure.is_none() && self.malformed.is_none() && self.violations.is_empty()
    }

    #[cold]
    fn into_error(self, invalid_status: StatusCode) -> Option<ApiError> {
        if let Some(failure) = self.failure {
            return Some(failure);
        }
        if let Some(code) = self.malformed {
            let detail = "the request cannot be read";
            return Some(ApiError::malformed(code, detail).with_violations(self.violations));
        }
        let detail = match self.violations.len() {
            0 => return None,
            1 => "the request violates the contract".to_owned(),
            count => format!("the request violates the contract in {count} places"),
        };
        let error = ApiError::new(invalid_status, "VALIDATION_FAILED", detail);
        Some(error.with_violations(self.violations))
    }
}

impl Call {
    /// The operation that is called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// What a handler can know about the request.
    pub fn context(&self) -> Context {
        self.context.clone()
    }

    /// Fails with everything that was found wrong so far.
    pub fn settle(&mut self) -> Result<(), ApiError> {
        if self.served.settings.strict_query {
            self.refuse_unknown_names();
        }
        if self.faults.is_empty() {
            return Ok(());
        }
        let faults = std::mem::take(&mut self.faults);
        faults.into_error(self.served.settings.invalid_status).map_or(Ok(()), Err)
    }

    /// In strict mode, names in the query that the operation does not declare are violations.
    #[cold]
    fn refuse_unknown_names(&mut self) {
        if self.load_query().is_err() {
            return;
        }
        let pairs = self.query.take().unwrap_or_default();
        for pair in pairs.iter() {
            if !self.claims(pair.name, None) {
                let message = "is not a parameter of this operation";
                let violation = Violation::new("", "unknown", message).located("query", Some(pair.name));
                self.faults.violate(violation);
            }
        }
        self.query = Some(pairs);
    }
}

impl std::fmt::Debug for Call {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.operation.id)
            .field("context", &self.context)
            .finish_non_exhaustive()
    }
}
