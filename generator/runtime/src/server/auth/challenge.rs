//! The challenges of 401 and 403 (RFC 9110 section 11.6.1, RFC 6750 section 3).

use http::{HeaderValue, StatusCode, header};

use super::super::error::ApiError;
use crate::operation::{Requirement, SchemeKind};

/// 401 with a challenge for every scheme of every alternative.
pub(super) fn unauthorized(security: &[Vec<Requirement>], presented: bool) -> ApiError {
    let detail = if presented {
        "the credentials are not valid for this operation"
    } else {
        "this operation needs credentials"
    };
    let mut challenges: Vec<String> = Vec::new();
    for requirement in security.iter().flatten() {
        let challenge = challenge(requirement, presented.then_some("invalid_token"));
        if !challenges.contains(&challenge) {
            challenges.push(challenge);
        }
    }
    with_challenges(ApiError::new(StatusCode::UNAUTHORIZED, "UNAUTHORIZED", detail), challenges)
}

/// 403, naming what is missing.
pub(super) fn forbidden(alternative: &[Requirement], reason: String) -> ApiError {
    let bearer = alternative.iter().find(|requirement| is_bearer(requirement));
    let challenges = bearer.map(|requirement| challenge(requirement, Some("insufficient_scope")));
    let detail = if reason.is_empty() {
        "the credentials do not suffice for this operation".to_owned()
    } else {
        format!("the credentials do not suffice for this operation: {reason}")
    };
    with_challenges(ApiError::forbidden(detail), challenges.into_iter().collect())
}

fn with_challenges(error: ApiError, challenges: Vec<String>) -> ApiError {
    challenges
        .into_iter()
        .filter_map(|challenge| HeaderValue::from_str(&challenge).ok())
        .fold(error, |error, challenge| error.with_header(header::WWW_AUTHENTICATE, challenge))
}

fn is_bearer(requirement: &Requirement) -> bool {
    match &requirement.kind {
        SchemeKind::Http(scheme) => scheme.eq_ignore_ascii_case("bearer"),
        SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => true,
        SchemeKind::ApiKey { .. } | SchemeKind::MutualTls => false,
    }
}

fn challenge(requirement: &Requirement, error: Option<&str>) -> String {
    let realm = quoted(&requirement.scheme);
    match &requirement.kind {
        // RFC 9110 wants a challenge, and there is no registered one for keys and certificates.
        SchemeKind::ApiKey { location, name } => {
            format!("ApiKey realm={realm}, in={}, name={}", quoted(location.as_str()), quoted(name))
        }
        SchemeKind::MutualTls => format!("MutualTLS realm={realm}"),
        SchemeKind::Http(scheme) if scheme.eq_ignore_ascii_case("basic") => {
            format!("Basic realm={realm}, charset=\"UTF-8\"")
        }
        SchemeKind::Http(scheme) if !scheme.eq_ignore_ascii_case("bearer") => {
            format!("{scheme} realm={realm}")
        }
        SchemeKind::Http(_) | SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => {
            let mut text = format!("Bearer realm={realm}");
            if let Some(error) = error {
                text.push_str(&format!(", error=\"{error}\""));
            }
            if !requirement.scopes.is_empty() {
                text.push_str(&format!(", scope={}", quoted(&requirement.scopes.join(" "))));
            }
            text
        }
    }
}

/// A quoted string without what a header cannot hold.
fn quoted(text: &str) -> String {
    let plain: String = text.chars().filter(|c| matches!(c, ' '..='~') && !matches!(c, '"' | '\\')).collect();
    format!("\"{plain}\"")
}
