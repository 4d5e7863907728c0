//! Credentials, and which of them a request carries.

use std::collections::BTreeMap;
use std::fmt;
use std::pin::Pin;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;

use super::error::RequestError;
use crate::operation::{Location, Operation, Requirement, SchemeKind};
use crate::stream::BoxError;

/// What proves who the caller is.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Credential {
    /// A token for the schemes `http` `bearer`, `oauth2` and `openIdConnect`.
    Bearer(String),
    /// Name and password for the scheme `http` `basic`.
    Basic {
        /// The user's name; it cannot hold a colon (RFC 7617).
        user: String,
        /// The password.
        password: String,
    },
    /// The value of an `apiKey`.
    ApiKey(String),
    /// The whole `Authorization` header, for `http` schemes that have no variant here.
    Authorization(String),
    /// The HTTP client presents a certificate (`mutualTLS`); nothing is added to the request.
    Certificate,
}

/// Shows the kind, never the secret.
impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bearer(_) => "Bearer(..)",
            Self::Basic { .. } => "Basic(..)",
            Self::ApiKey(_) => "ApiKey(..)",
            Self::Authorization(_) => "Authorization(..)",
            Self::Certificate => "Certificate",
        })
    }
}

/// What [`CredentialProvider::credential`] returns.
pub type CredentialFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Option<Credential>, BoxError>> + Send + 'a>>;

/// Gives credentials when they are needed, for example tokens that are refreshed. It is asked for every request;
/// keeping a token as long as it is good is its own business.
///
/// A function from a [`Requirement`] to a future is a provider too.
pub trait CredentialProvider: Send + Sync + 'static {
    /// The credential for a scheme, with the scopes that the operation asks for; `None` if there is none.
    fn credential<'a>(&'a self, requirement: &'a Requirement) -> CredentialFuture<'a>;
}

impl<F, R> CredentialProvider for F
where
    F: Fn(Requirement) -> R + Send + Sync + 'static,
    R: Future<Output = Result<Option<Credential>, BoxError>> + Send + 'static,
{
    fn credential<'a>(&'a self, requirement: &'a Requirement) -> CredentialFuture<'a> {
        Box::pin(self(requirement.clone()))
    }
}

/// All that a client was given.
#[derive(Default)]
pub(super) struct Credentials {
    /// By scheme name.
    pub(super) named: BTreeMap<String, Credential>,
    /// For every scheme of its kind that has none by name.
    pub(super) bearer: Option<Credential>,
    pub(super) basic: Option<Credential>,
    pub(super) provider: Option<Box<dyn CredentialProvider>>,
}

/// Where a request carries its credentials.
#[derive(Debug, Default)]
pub(super) struct Applied {
    pub(super) headers: Vec<(&'static str, HeaderValue)>,
    pub(super) query: Vec<(&'static str, String)>,
    pub(super) cookies: Vec<(&'static str, String)>,
}

impl Credentials {
    /// The first alternative for which every credential is there (OAS 3.1.2, Security Requirement Object). An
    /// anonymous alternative is only used when no other can be met. A public operation gets nothing; where credentials
    /// are needed and missing, the request is not sent.
    pub(super) async fn apply(&self, operation: &'static Operation) -> Result<Applied, RequestError> {
        let named = operation.security.iter().filter(|alternative| !alternative.is_empty());
        for alternative in named {
            if let Some(applied) = self.alternative(alternative).await? {
                return Ok(applied);
            }
        }
        if operation.security.is_empty() || operation.security.iter().any(Vec::is_empty) {
            return Ok(Applied::default());
        }
        let scheme = |requirement: &Requirement| requirement.scheme.clone();
        Err(RequestError::MissingCredentials {
            operation: operation.id.clone(),
            alternatives: operation.security.iter().map(|all| all.iter().map(scheme).collect()).collect(),
        })
    }

    async fn alternative(
        &self,
        requirements: &'static [Requirement],
    ) -> Result<Option<Applied>, RequestError> {
        let mut applied = Applied::default();
        for requirement in requirements {
            let Some(credential) = self.find(requirement).await? else { return Ok(None) };
            applied.add(requirement, &credential)?;
        }
        Ok(Some(applied))
    }

    async fn find(&self, requirement: &Requirement) -> Result<Option<Credential>, RequestError> {
        if let Some(credential) = self.named.get(&requirement.scheme) {
            return Ok(Some(credential.clone()));
        }
        if let Some(provider) = &self.provider {
            let found = provider.credential(requirement).await.map_err(RequestError::Credentials)?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(match &requirement.kind {
            SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => self.bearer.clone(),
            SchemeKind::Http(scheme) if scheme.eq_ignore_ascii_case("bearer") => self.bearer.clone(),
            SchemeKind::Http(scheme) if scheme.eq_ignore_ascii_case("basic") => self.basic.clone(),
            _ => None,
        })
    }
}

impl Applied {
    fn add(
        &mut self,
        requirement: &'static Requirement,
        credential: &Credential,
    ) -> Result<(), RequestError> {
        let unfit = || RequestError::UnfitCredential(requirement.scheme.clone());
        let (name, text) = match (&requirement.kind, credential) {
            (SchemeKind::MutualTls, _) => return Ok(()),
            (SchemeKind::ApiKey { location: Location::Query, name }, Credential::ApiKey(key)) => {
                self.query.push((name, key.clone()));
                return Ok(());
            }
            (SchemeKind::ApiKey { location: Location::Cookie, name }, Credential::ApiKey(key)) => {
                if key.contains(';') || key.chars().any(char::is_control) {
                    return Err(unfit());
                }
                self.cookies.push((name, key.clone()));
                return Ok(());
            }
            (SchemeKind::ApiKey { name, .. }, Credential::ApiKey(key)) => (name.as_str(), key.clone()),
            (SchemeKind::ApiKey { .. }, _) | (_, Credential::ApiKey(_) | Credential::Certificate) => {
                return Err(unfit());
            }
            (_, Credential::Bearer(token)) => ("authorization", format!("Bearer {token}")),
            (_, Credential::Basic { user, .. }) if user.contains(':') => return Err(unfit()),
            (_, Credential::Basic { user, password }) => {
                let pair = STANDARD.encode(format!("{user}:{password}"));
                ("authorization", format!("Basic {pair}"))
            }
            (_, Credential::Authorization(header)) => ("authorization", header.clone()),
        };
        let mut value = HeaderValue::try_from(text).map_err(|_| unfit())?;
        value.set_sensitive(true);
        self.headers.push((name, value));
        Ok(())
    }
}
