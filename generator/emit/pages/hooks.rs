//! `webhooks/mod.rs` and `callbacks/mod.rs`: the sender and the receiver.

use askama::Template;

use crate::options::Parts;

/// Context of `templates/hooks.rs.jinja`.
#[derive(Template)]
#[template(path = "hooks.rs.jinja", escape = "none")]
pub(super) struct HooksPage {
    client: bool,
    server: bool,
}

impl HooksPage {
    pub(super) fn new(parts: Parts) -> Self {
        Self { client: parts.client, server: parts.server }
    }
}
