//! Operations that go away, told to whoever wants to know.

use std::sync::Arc;

use http::HeaderMap;

use crate::fields::Lifecycle;
use crate::operation::Operation;

type Listener = dyn Fn(&str, &Lifecycle) + Send + Sync;

/// Who is told.
#[derive(Clone)]
pub(super) struct Notice(Arc<Listener>);

impl Notice {
    pub(super) fn new(listener: impl Fn(&str, &Lifecycle) + Send + Sync + 'static) -> Self {
        Self(Arc::new(listener))
    }

    /// Tells what the headers of a response say of its operation, if they say something.
    pub(super) fn read(&self, operation: &Operation, headers: &HeaderMap) {
        let lifecycle = Lifecycle::of(headers);
        if !lifecycle.is_empty() {
            (self.0)(&operation.id, &lifecycle);
        }
    }
}
