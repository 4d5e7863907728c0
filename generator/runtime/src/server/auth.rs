//! Security requirements: a list of alternatives, each a set of schemes that must all be satisfied (OAS 3.1.2, Security
//! Requirement Object).

mod challenge;

use std::error::Error;
use std::fmt;
use std::future::Future;

use base64::Engine;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::{GeneralPurposeConfig, STANDARD};
use bytes::Bytes;
use http::header;

use super::call::Call;
use super::context::Context;
use super::error::ApiError;
use crate::operation::{Location, Requirement, SchemeKind};
use crate::style::{Pairs, decode_form};

/// The certificate that the client has shown, as DER. Whoever accepts TLS connections puts it into the extensions of
/// each request; `mutualTLS` is satisfied by nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerCertificate(pub Bytes);

/// What a client presents for one scheme.
#[derive(Clone, PartialEq, Eq)]
pub enum Secret {
    /// The value of an API key.
    ApiKey(String),
    /// A bearer token: `http` with `bearer`, `oauth2`, `openIdConnect`.
    Bearer(String),
    /// User and password (RFC 7617).
    Basic {
        /// User name.
        user: String,
        /// Password.
        password: String,
    },
    /// What follows the name of another HTTP authentication scheme.
    Http(String),
    /// A client certificate, as DER.
    Certificate(Bytes),
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ApiKey(_) => "ApiKey(..)",
            Self::Bearer(_) => "Bearer(..)",
            Self::Basic { .. } => "Basic(..)",
            Self::Http(_) => "Http(..)",
            Self::Certificate(_) => "Certificate(..)",
        })
    }
}

/// The credentials for one alternative, complete: one secret for each scheme that it names.
#[derive(Clone, Debug)]
pub struct Credentials {
    alternative: usize,
    presented: Vec<(&'static Requirement, Secret)>,
    context: Context,
}

impl Credentials {
    /// Which alternative of the operation's requirements this is.
    pub fn alternative(&self) -> usize {
        self.alternative
    }

    /// What was presented for a scheme, by the scheme's name in the contract.
    pub fn get(&self, scheme: &str) -> Option<&Secret> {
        self.entries().find(|(name, _)| *name == scheme).map(|(_, secret)| secret)
    }

    /// The value of an API key, by the scheme's name in the contract.
    pub fn api_key(&self, scheme: &str) -> Option<&str> {
        match self.get(scheme) {
            Some(Secret::ApiKey(value)) => Some(value),
            _ => None,
        }
    }

    /// The bearer token.
    pub fn bearer(&self) -> Option<&str> {
        self.entries().find_map(|(_, secret)| match secret {
            Secret::Bearer(token) => Some(token.as_str()),
            _ => None,
        })
    }

    /// User and password.
    pub fn basic(&self) -> Option<(&str, &str)> {
        self.entries().find_map(|(_, secret)| match secret {
            Secret::Basic { user, password } => Some((user.as_str(), password.as_str())),
            _ => None,
        })
    }

    /// The client certificate, as DER.
    pub fn certificate(&self) -> Option<&Bytes> {
        self.entries().find_map(|(_, secret)| match secret {
            Secret::Certificate(der) => Some(der),
            _ => None,
        })
    }

    /// The scopes (or roles) that the operation asks of a scheme.
    pub fn scopes(&self, scheme: &str) -> &'static [String] {
        self.presented
            .iter()
            .find(|(requirement, _)| requirement.scheme == scheme)
            .map_or(&[], |(requirement, _)| &requirement.scopes)
    }

    /// The scopes (or roles) that this alternative asks for, of whatever scheme.
    pub fn required_scopes(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.presented.iter().flat_map(|(requirement, _)| &requirement.scopes).map(String::as_str)
    }

    /// Scheme names and what was presented for them.
    pub fn entries(&self) -> impl Iterator<Item = (&'static str, &Secret)> {
        self.presented.iter().map(|(requirement, secret)| (requirement.scheme.as_str(), secret))
    }

    /// What else is known about the request.
    pub fn context(&self) -> &Context {
        &self.context
    }
}

/// Why credentials are not accepted.
#[derive(Debug)]
pub enum AuthError {
    /// They are wrong, or have expired: 401 with challenges.
    Unauthorized,
    /// They are good, and do not suffice: 403; the text names the missing scope or the reason.
    Forbidden(String),
    /// They could not be checked.
    Failed(ApiError),
}

impl<E: Error + Send + Sync + 'static> From<E> for AuthError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl Call {
    /// Who calls: the first alternative whose credentials are all there and accepted by `check`.
    pub async fn authenticate<P, F>(&mut self, check: impl FnMut(Credentials) -> F) -> Result<P, ApiError>
    where
        F: Future<Output = Result<P, AuthError>>,
    {
        match self.try_alternatives(check).await? {
            Some(principal) => Ok(principal),
            None => Err(self.unauthorized(false)),
        }
    }

    /// Who calls, where the contract also allows nobody to: `None` without any credentials. Bad ones are still 401.
    pub async fn authenticate_optional<P, F>(
        &mut self,
        check: impl FnMut(Credentials) -> F,
    ) -> Result<Option<P>, ApiError>
    where
        F: Future<Output = Result<P, AuthError>>,
    {
        self.try_alternatives(check).await
    }

    /// `None` where no credentials came for any alternative.
    async fn try_alternatives<P, F>(
        &mut self,
        mut check: impl FnMut(Credentials) -> F,
    ) -> Result<Option<P>, ApiError>
    where
        F: Future<Output = Result<P, AuthError>>,
    {
        let (mut any, mut forbidden) = (false, None);
        for (at, alternative) in self.operation.security.iter().enumerate() {
            let presented: Vec<_> = alternative
                .iter()
                .filter_map(|requirement| Some((requirement, self.secret(requirement)?)))
                .collect();
            any |= !presented.is_empty();
            if alternative.is_empty() || presented.len() < alternative.len() {
                continue;
            }
            let credentials = Credentials { alternative: at, presented, context: self.context() };
            match check(credentials).await {
                Ok(principal) => return Ok(Some(principal)),
                Err(AuthError::Unauthorized) => {}
                Err(AuthError::Forbidden(reason)) => forbidden = Some((alternative, reason)),
                Err(AuthError::Failed(error)) => return Err(error),
            }
        }
        match forbidden {
            Some((alternative, reason)) => Err(challenge::forbidden(alternative, reason)),
            None if any => Err(self.unauthorized(true)),
            None => Ok(None),
        }
    }

    fn unauthorized(&self, presented: bool) -> ApiError {
        challenge::unauthorized(&self.operation.security, presented)
    }

    /// What the request presents for a scheme.
    fn secret(&self, requirement: &Requirement) -> Option<Secret> {
        let authorization = |wanted: &str| {
            let value = self.context.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
            let (scheme, rest) = value.trim().split_once(' ')?;
            // Names of schemes compare without case (RFC 9110 section 11.1).
            scheme.eq_ignore_ascii_case(wanted).then(|| rest.trim())
        };
        match &requirement.kind {
            SchemeKind::ApiKey { location, name } => self.api_key(*location, name).map(Secret::ApiKey),
            SchemeKind::Http(scheme) if scheme.eq_ignore_ascii_case("basic") => {
                basic(authorization("basic")?)
            }
            SchemeKind::Http(scheme) if !scheme.eq_ignore_ascii_case("bearer") => {
                authorization(scheme).map(|value| Secret::Http(value.to_owned()))
            }
            SchemeKind::Http(_) | SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => {
                authorization("bearer").map(|token| Secret::Bearer(token.to_owned()))
            }
            SchemeKind::MutualTls => {
                let certificate = self.context.extensions().get::<PeerCertificate>()?;
                Some(Secret::Certificate(certificate.0.clone()))
            }
        }
    }

    fn api_key(&self, location: Location, name: &str) -> Option<String> {
        match location {
            Location::Header => self.context.headers().get(name)?.to_str().ok().map(str::to_owned),
            Location::Cookie => {
                let lines = self.context.headers().get_all(header::COOKIE).iter();
                lines
                    .filter_map(|line| line.to_str().ok())
                    .find_map(|line| Pairs::cookies(line).values(name).next().map(str::to_owned))
            }
            _ => {
                let pairs = Pairs::query(self.context.uri()).ok()?;
                let value = pairs.values(name).next()?;
                decode_form(value).ok().map(std::borrow::Cow::into_owned)
            }
        }
    }
}

/// User and password in base64, with or without padding; what cannot be read was presented, and is wrong.
fn basic(encoded: &str) -> Option<Secret> {
    let config =
        GeneralPurposeConfig::new().with_decode_padding_mode(base64::engine::DecodePaddingMode::Indifferent);
    let decoder = GeneralPurpose::new(&base64::alphabet::STANDARD, config);
    let text = decoder.decode(encoded).or_else(|_| STANDARD.decode(encoded)).ok();
    let text = text.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    let (user, password) = text.split_once(':').unwrap_or((&text, ""));
    Some(Secret::Basic { user: user.to_owned(), password: password.to_owned() })
}
