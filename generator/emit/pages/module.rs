//! `mod.rs`: the parts, and the contract's tables.

use askama::Template;

use crate::options::Parts;

/// Context of `templates/mod.rs.jinja`.
#[derive(Template)]
#[template(path = "mod.rs.jinja", escape = "none")]
pub(super) struct ModulePage {
    client: bool,
    server: bool,
}

impl ModulePage {
    pub(super) fn new(parts: Parts) -> Self {
        Self { client: parts.client, server: parts.server }
    }
}
