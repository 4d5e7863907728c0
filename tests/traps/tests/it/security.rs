//! T38: a disjunction of conjunctions.

use std::fs;

use counterpart::{Options, Source, generate};
use test_wire::{Message, send};

use crate::{OK, findings};

async fn call(target: &str, headers: &[&str]) -> Message {
    send(test_traps::security().await, &format!("GET {target}"), headers, b"").await
}

#[tokio::test]
async fn t38_alternatives_and_combinations() {
    const GOOD: &str = "Authorization: Bearer good";
    for (target, headers, status, text) in [
        ("/?sig=good", &["X-Key: good"][..], 200, "0: key+sig"),
        ("/", &[GOOD], 200, "1: oauth"),
        ("/", &["X-Key: good"], 401, ""),
        ("/?sig=bad", &["X-Key: good"], 401, ""),
        ("/", &["Authorization: Bearer writer"], 403, ""),
        ("/open", &["Authorization: Bearer bad"], 200, "open"),
        ("/maybe", &[], 200, "anonymous"),
        ("/maybe", &[GOOD], 200, "0: oauth"),
        ("/maybe", &["Authorization: Bearer bad"], 401, ""),
        ("/role", &["Authorization: BEARER good"], 200, "0: bearer"),
        ("/role", &["authorization: bearer good"], 200, "0: bearer"),
        ("/mutual", &[GOOD], 401, ""),
    ] {
        let reply = call(target, headers).await;
        assert_eq!(reply.status(), status, "{target} {headers:?} {}", reply.text());
        if status == 200 {
            assert_eq!(reply.text(), text, "{target} {headers:?}");
        }
    }
}

#[tokio::test]
async fn t38_challenges_name_every_alternative() {
    let challenge = call("/", &["X-Key: good"]).await.combined("www-authenticate");
    assert!(challenge.contains("Bearer") && challenge.contains("scope=\"read\""), "{challenge}");
    assert!(challenge.contains("ApiKey"), "{challenge}");
    let challenge = call("/", &["Authorization: Bearer writer"]).await.combined("www-authenticate");
    assert!(challenge.contains("insufficient_scope"), "{challenge}");
}

#[test]
fn t38_schemes_are_declared() {
    let found = findings(&format!("paths: {{/a: {{get: {{security: [{{gone: []}}], {OK}}}}}}}"));
    assert_eq!(found, ["error unknown-security-scheme"]);
}

#[test]
fn t38_names_resolve_from_the_entry_document() {
    let folder = std::env::temp_dir().join(format!("counterpart-t38-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let item = "get: {security: [{bearer: []}], responses: {'200': {description: ok}}}\n\
                components: {securitySchemes: {other: {type: http, scheme: basic}}}\n";
    fs::write(folder.join("item.yaml"), item).unwrap();
    let entry = |scheme: &str| {
        let text = format!(
            "openapi: 3.1.1\ninfo: {{title: t, version: '1'}}\npaths: {{/a: {{$ref: item.yaml}}}}\n\
             components: {{securitySchemes: {{{scheme}: {{type: http, scheme: bearer}}}}}}\n"
        );
        fs::write(folder.join("entry.yaml"), text).unwrap();
        generate(&Source::file(folder.join("entry.yaml")), &Options::new()).is_ok()
    };
    assert!(entry("bearer"));
    assert!(!entry("somebody"), "the scheme of the entry document is the one that counts");
    fs::remove_dir_all(&folder).unwrap();
}
