//! What can be set about a server.

use std::collections::BTreeMap;

use http::StatusCode;

use crate::fields::Lifecycle;

/// The shape of problem responses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ErrorShape {
    /// `application/problem+json` (RFC 9457) with `code`, `requestId` and `details`.
    #[default]
    Problem,
    /// `{"success": false, "error": {"code", "message", "details"}, "meta": {"requestId", "timestamp", "duration"}}` as
    /// `application/json`.
    Envelope,
}

/// What is done about responses that violate the contract.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ResponseChecks {
    /// They are not looked at.
    #[default]
    Off,
    /// They are sent, and logged as errors.
    Log,
    /// They are replaced by a 500, and logged.
    Enforce,
}

#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) body_limit: usize,
    pub(super) body_limits: BTreeMap<String, usize>,
    pub(super) part_limit: Option<usize>,
    pub(super) max_parts: usize,
    pub(super) invalid_status: StatusCode,
    pub(super) strict_query: bool,
    pub(super) error_shape: ErrorShape,
    pub(super) response_checks: ResponseChecks,
    /// What responses say of operations that go away.
    pub(super) lifecycles: BTreeMap<String, Lifecycle>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            body_limit: 2 * 1024 * 1024,
            body_limits: BTreeMap::new(),
            part_limit: None,
            max_parts: 128,
            invalid_status: StatusCode::UNPROCESSABLE_ENTITY,
            strict_query: false,
            error_shape: ErrorShape::default(),
            response_checks: ResponseChecks::default(),
            lifecycles: BTreeMap::new(),
        }
    }
}

impl Settings {
    pub(super) fn limit_for(&self, operation: &str) -> usize {
        self.body_limits.get(operation).copied().unwrap_or(self.body_limit)
    }
}
