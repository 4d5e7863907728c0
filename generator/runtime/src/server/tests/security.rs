use bytes::Bytes;
use futures_util::FutureExt;

use super::fixture::{Answer, Shop, request, send, server};
use crate::json::Json;
use crate::server::{ApiError, AuthError, Call, Credentials, Handler, PeerCertificate, Response};

fn operation(security: &str) -> String {
    format!(
        r#"{{"id":"o","method":"GET","path":"/x","security":{security},"responses":[{{"status":"200","content":[{{"name":"application/json"}}]}}]}}"#
    )
}

/// Accepts `good`, and refuses what asks for the scope `admin`.
async fn check(credentials: Credentials) -> Result<String, AuthError> {
    let good = credentials.entries().all(|(_, secret)| {
        use crate::server::Secret;
        match secret {
            Secret::ApiKey(value) | Secret::Bearer(value) | Secret::Http(value) => value == "good",
            Secret::Basic { user, password } => (user.as_str(), password.as_str()) == ("ann", "p:w"),
            Secret::Certificate(der) => der == "DER",
        }
    });
    if !good {
        return Err(AuthError::Unauthorized);
    }
    if credentials.required_scopes().any(|scope| scope == "admin") {
        return Err(AuthError::Forbidden("admin".to_owned()));
    }
    let names: Vec<_> = credentials.entries().map(|(name, _)| name).collect();
    Ok(format!("{} {}", credentials.alternative(), names.join("+")))
}

async fn required(call: &mut Call) -> Result<Response, ApiError> {
    let who = call.authenticate(check).await?;
    call.reply(200).json(&Json::from(who))
}

async fn optional(call: &mut Call) -> Result<Response, ApiError> {
    let who = call.authenticate_optional(check).await?;
    call.reply(200).json(&Json::from(who))
}

const REQUIRED: Handler<Shop> = |_, call| required(call).boxed();
const OPTIONAL: Handler<Shop> = |_, call| optional(call).boxed();

async fn get(security: &str, handler: Handler<Shop>, uri: &str, headers: &[(&str, &str)]) -> Answer {
    let table = operation(security);
    send(server(&[(table.as_str(), handler)]).into_router(), request(&format!("GET {uri}"), headers, ""))
        .await
}

/// T38: `key` and `sig`, or a token with the scope `read`.
const EITHER: &str = r#"[[{"scheme":"key","kind":{"apiKey":{"in":"header","name":"X-Key"}}},{"scheme":"sig","kind":{"apiKey":{"in":"query","name":"sig"}}}],[{"scheme":"oauth","kind":"oauth2","scopes":["read"]}]]"#;

#[tokio::test]
async fn alternatives_are_conjunctions() {
    let key = ("x-key", "good");
    let ok = get(EITHER, REQUIRED, "/x?sig=go%6Fd", &[key]).await;
    assert_eq!(ok.body, "\"0 key+sig\"");
    let token = get(EITHER, REQUIRED, "/x", &[key, ("authorization", "BEARER good")]).await;
    assert_eq!(token.body, "\"1 oauth\"");
    // A bad first alternative does not spoil a good second one.
    let second = get(EITHER, REQUIRED, "/x?sig=bad", &[key, ("authorization", "bearer good")]).await;
    assert_eq!(second.body, "\"1 oauth\"");
    for headers in [&[][..], &[key][..], &[("authorization", "Bearer bad")][..]] {
        let refused = get(EITHER, REQUIRED, "/x", headers).await;
        assert_eq!((refused.status, refused.code().as_str()), (401, "UNAUTHORIZED"));
        let challenges: Vec<_> = refused.headers.get_all("www-authenticate").iter().collect();
        assert_eq!(challenges.len(), 3, "{challenges:?}");
        assert!(
            refused
                .headers
                .get_all("www-authenticate")
                .iter()
                .any(|challenge| { challenge.to_str().unwrap().starts_with("Bearer realm=\"oauth\"") })
        );
    }
}

#[tokio::test]
async fn missing_scopes_are_403() {
    let admin = r#"[[{"scheme":"bearer","kind":{"http":"bearer"},"scopes":["admin"]}]]"#;
    let answer = get(admin, REQUIRED, "/x", &[("authorization", "Bearer good")]).await;
    assert_eq!((answer.status, answer.code().as_str()), (403, "FORBIDDEN"));
    let expected = "Bearer realm=\"bearer\", error=\"insufficient_scope\", scope=\"admin\"";
    assert_eq!(answer.header("www-authenticate"), expected);
}

#[tokio::test]
async fn anonymous_is_not_the_same_as_wrong() {
    let maybe = r#"[[{"scheme":"oauth","kind":"oauth2"}],[]]"#;
    assert_eq!(get(maybe, OPTIONAL, "/x", &[]).await.body, "null");
    assert_eq!(get(maybe, OPTIONAL, "/x", &[("authorization", "Bearer good")]).await.body, "\"0 oauth\"");
    assert_eq!(get(maybe, OPTIONAL, "/x", &[("authorization", "Bearer bad")]).await.status, 401);
}

#[tokio::test]
async fn other_schemes() {
    let basic = r#"[[{"scheme":"basic","kind":{"http":"basic"}}]]"#;
    assert_eq!(
        get(basic, REQUIRED, "/x", &[("authorization", "basic YW5uOnA6dw==")]).await.body,
        "\"0 basic\""
    );
    assert_eq!(get(basic, REQUIRED, "/x", &[("authorization", "Basic ???")]).await.status, 401);
    let cookie = r#"[[{"scheme":"c","kind":{"apiKey":{"in":"cookie","name":"sid"}}}]]"#;
    assert_eq!(get(cookie, REQUIRED, "/x", &[("cookie", "a=b; sid=good")]).await.body, "\"0 c\"");
    let tls = operation(r#"[[{"scheme":"tls","kind":"mutualTLS"}]]"#);
    let router = server(&[(tls.as_str(), REQUIRED)]).into_router();
    assert_eq!(
        send(router.clone(), request("GET /x", &[("authorization", "Bearer good")], "")).await.status,
        401
    );
    let mut shown = request("GET /x", &[], "");
    shown.extensions_mut().insert(PeerCertificate(Bytes::from("DER")));
    assert_eq!(send(router, shown).await.body, "\"0 tls\"");
}

#[tokio::test]
async fn checks_that_fail_are_500_and_secrets_are_not_shown() {
    const BROKEN: Handler<Shop> = |_, call| {
        async {
            call.authenticate(|credentials| async move {
                assert!(!format!("{credentials:?}").contains("good"));
                Err::<(), AuthError>(std::io::Error::other("down").into())
            })
            .await?;
            call.reply(200).json(&Json::Null)
        }
        .boxed()
    };
    let bearer = r#"[[{"scheme":"b","kind":{"http":"bearer"}}]]"#;
    let answer = get(bearer, BROKEN, "/x", &[("authorization", "Bearer good")]).await;
    assert_eq!((answer.status, answer.body.contains("down")), (500, false));
}
