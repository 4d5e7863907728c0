//! Which credentials a request carries.

use super::*;
use crate::operation::Requirement;

const KEY: &str = r#"{"scheme":"key","kind":{"apiKey":{"in":"query","name":"k e"}}}"#;
const SIGN: &str = r#"{"scheme":"sign","kind":{"apiKey":{"in":"header","name":"X-Sign"}}}"#;
const COOKIE: &str = r#"{"scheme":"session","kind":{"apiKey":{"in":"cookie","name":"sid"}}}"#;
const OAUTH: &str = r#"{"scheme":"oauth","kind":"oauth2","scopes":["read"]}"#;
const BASIC: &str = r#"{"scheme":"login","kind":{"http":"basic"}}"#;
const DIGEST: &str = r#"{"scheme":"digest","kind":{"http":"digest"}}"#;
const MUTUAL: &str = r#"{"scheme":"cert","kind":"mutualTLS"}"#;

/// What of a request proves who sends it: the query, `Authorization`, `X-Sign` and `Cookie`; or the error.
async fn carried(security: &str, give: impl FnOnce(ClientBuilder) -> ClientBuilder) -> String {
    let operation = format!(r#"{{"id":"op","method":"GET","path":"/","security":[{security}]}}"#);
    let server = Server::once(NO_CONTENT).await;
    let client = give(Client::builder(&server.url)).build().unwrap();
    match client.request(contract("", &operation), "op").send().await {
        Ok(_) => {
            let headers =
                ["authorization", "x-sign", "cookie"].into_iter().flat_map(|name| server.header(name));
            Some(server.target()).into_iter().chain(headers).collect::<Vec<_>>().join(" ")
        }
        Err(failure) => {
            assert!(server.requests().is_empty());
            Error::<()>::from(failure).to_string()
        }
    }
}

fn all(builder: ClientBuilder) -> ClientBuilder {
    let builder = builder.api_key("key", "a&b").api_key("sign", "s").api_key("session", "c");
    let builder = builder.bearer("token").basic("Aladdin", "open sesame");
    builder.credential("digest", Credential::Authorization("Digest x".into()))
}

#[tokio::test]
async fn each_kind_has_its_place() {
    for (scheme, expected) in [
        (KEY, "/?k%20e=a%26b"),
        (SIGN, "/ s"),
        (COOKIE, "/ sid=c"),
        (OAUTH, "/ Bearer token"),
        (BASIC, "/ Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
        (DIGEST, "/ Digest x"),
        (MUTUAL, "`op` needs credentials for cert"),
    ] {
        assert_eq!(carried(&format!("[{scheme}]"), all).await, expected);
    }
    assert_eq!(carried(&format!("[{MUTUAL}]"), |b| b.credential("cert", Credential::Certificate)).await, "/");
}

#[tokio::test]
async fn the_first_complete_alternative_is_used() {
    let either = format!("[{KEY},{SIGN}],[{OAUTH}]");
    assert_eq!(carried(&either, |b| b.api_key("key", "k").bearer("t")).await, "/ Bearer t");
    assert_eq!(carried(&either, all).await, "/?k%20e=a%26b s");
    let missing = "`op` needs credentials for key and sign, or for oauth";
    assert_eq!(carried(&either, |b| b.api_key("key", "k")).await, missing);
    assert_eq!(carried("", all).await, "/");
    for maybe in [format!("[{OAUTH}],[]"), format!("[],[{OAUTH}]")] {
        assert_eq!(carried(&maybe, |b| b).await, "/");
        assert_eq!(carried(&maybe, all).await, "/ Bearer token");
    }
}

#[tokio::test]
async fn what_does_not_fit_is_refused() {
    let unfit = |scheme: &str| format!("the credential given for `{scheme}` does not fit it");
    let key =
        |key: &'static str| move |b: ClientBuilder| b.credential("sign", Credential::ApiKey(key.into()));
    assert_eq!(carried(&format!("[{SIGN}]"), key("a\r\nb: c")).await, unfit("sign"));
    assert_eq!(
        carried(&format!("[{SIGN}]"), |b| b.credential("sign", Credential::Bearer("a".into()))).await,
        unfit("sign")
    );
    assert_eq!(carried(&format!("[{COOKIE}]"), |b| b.api_key("session", "a; b=c")).await, unfit("session"));
    assert_eq!(carried(&format!("[{BASIC}]"), |b| b.basic("a:b", "c")).await, unfit("login"));
    assert_eq!(carried(&format!("[{OAUTH}]"), |b| b.bearer("a\nb")).await, unfit("oauth"));
}

#[tokio::test]
async fn a_provider_is_asked_each_time_with_the_scopes() {
    let provider = async |requirement: Requirement| {
        let fresh = format!("{}-{}", requirement.scheme, requirement.scopes.join("+"));
        Ok((requirement.scheme == "oauth").then_some(Credential::Bearer(fresh)))
    };
    assert_eq!(
        carried(&format!("[{SIGN}],[{OAUTH}]"), move |b| b.credentials(provider)).await,
        "/ Bearer oauth-read"
    );
    let broken = async |_: Requirement| Err("down".into());
    assert_eq!(carried(&format!("[{OAUTH}]"), move |b| b.credentials(broken)).await, "no credentials: down");
}

#[test]
fn secrets_are_not_shown() {
    let builder = all(Client::builder("http://h"));
    assert_eq!(format!("{builder:?}"), "ClientBuilder { .. }");
    assert!(!format!("{:?}", builder.build().unwrap()).contains("token"));
    assert_eq!(format!("{:?}", Credential::Bearer("token".into())), "Bearer(..)");
}
