//! Where generators go wrong, by number: `t24_…` is trap 24, `o07_…` the seventh of the short ones. Traps 1 to 23 are
//! about schemas above all; what those accept is in `tests/golden`.

mod answers;
mod bodies;
mod document;
mod fields;
mod findings;
mod parameters;
mod routing;
mod security;
mod short;
mod streams;
mod violations;

use counterpart::{Options, Source, generate};
use serde_json::Value;
use test_wire::Message;

/// The findings about a contract with these members after `info`, each as `error code` or `warning code`, without
/// those that are about good manners only.
fn findings(rest: &str) -> Vec<String> {
    findings_of(&format!("openapi: 3.1.1\ninfo: {{title: t, version: '1'}}\n{rest}\n"))
}

fn findings_of(text: &str) -> Vec<String> {
    let diagnostics = match generate(&Source::text("t.yaml", text), &Options::new()) {
        Ok(generated) => generated.diagnostics,
        Err(rejected) => rejected.diagnostics,
    };
    let mut found = Vec::new();
    for item in diagnostics.iter().filter(|item| item.code.as_str() != "undeclared-failures") {
        found.push(format!("{:?} {}", item.severity, item.code.as_str()).to_lowercase());
    }
    found.dedup();
    found
}

/// The findings about an operation with these parameters.
fn parameter_findings(parameters: &str) -> Vec<String> {
    findings(&format!("paths: {{/a: {{get: {{parameters: [{parameters}], {OK}}}}}}}"))
}

/// The findings about these component schemas.
fn schema_findings(schemas: &str) -> Vec<String> {
    findings(&format!("components: {{schemas: {schemas}}}"))
}

const OK: &str = "responses: {'200': {description: ok}}";

/// The status and, for a refusal, where and why: `query limit type`.
fn refusal(reply: &Message) -> (u16, String) {
    let problem = reply.json();
    let detail = &problem["details"][0];
    let part = |name: &str| detail[name].as_str().unwrap_or_default().to_owned();
    let parts = [part("in"), part("name") + &part("field"), part("keyword")];
    let text = match detail {
        Value::Null => problem["code"].as_str().unwrap_or_default().to_owned(),
        _ => parts.join(" ").replace("  ", " "),
    };
    (reply.status(), text)
}
