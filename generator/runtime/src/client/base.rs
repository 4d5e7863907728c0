//! URLs: an operation's path is appended to the server's URL, never resolved against it (OAS 3.1.2, Paths Object).
//!
//! The text of the URL is put together here. Parsing it may then change nothing: `url` would remove `..` segments, and
//! so a value could lead to another operation.

use reqwest::Url;

use super::error::{ConfigError, RequestError};
use crate::operation::Operation;
use crate::operation::path::variable;

/// The URL of a server, checked.
#[derive(Clone, Debug)]
pub(super) struct Base {
    url: Url,
}

impl Base {
    pub(super) fn new(text: &str) -> Result<Self, ConfigError> {
        let url = Url::parse(text).map_err(|error| ConfigError::url(text, error.to_string()))?;
        Self::checked(url, text)
    }

    fn checked(url: Url, text: &str) -> Result<Self, ConfigError> {
        let problem = match unfit(&url) {
            Some(problem) => problem,
            None if url.query().is_some() || url.fragment().is_some() => {
                "it has a query or a fragment, to which no path can be appended"
            }
            None => return Ok(Self { url }),
        };
        // A URL that may hold a password is not repeated.
        Err(ConfigError::url(if url.password().is_some() { "(hidden)" } else { text }, problem))
    }

    /// The server that an operation names instead; a relative URL refers to this one.
    pub(super) fn server(&self, server: &str) -> Result<Self, ConfigError> {
        let mut folder = self.url.clone();
        folder.set_path(&format!("{}/", self.path()));
        let url = folder.join(server).map_err(|error| ConfigError::url(server, error.to_string()))?;
        Self::checked(url, server)
    }

    fn path(&self) -> &str {
        self.url.path().trim_end_matches('/')
    }

    /// Begins the URL of a request to this server.
    pub(super) fn draft(&self) -> Draft<'_> {
        let mut text = String::with_capacity(128);
        text.push_str(self.path());
        Draft { server: &self.url, text, query: None }
    }
}

/// The URL of one request in the making: its path, which begins with that of the server, and its query, as one text.
pub(super) struct Draft<'b> {
    server: &'b Url,
    text: String,
    /// Where the query begins, if there is one.
    query: Option<usize>,
}

impl Draft<'_> {
    /// Appends the path of an operation with the texts of its variables in place, and its fixed query.
    pub(super) fn expand<'v>(
        &mut self,
        operation: &Operation,
        value: impl Fn(&str) -> Result<&'v str, RequestError>,
    ) -> Result<(), RequestError> {
        let start = self.text.len();
        for (literal, name) in &operation.pieces.variables {
            self.text.push_str(literal);
            self.text.push_str(value(name)?);
        }
        self.text.push_str(&operation.pieces.rest);
        if !operation.pieces.variables.is_empty() && is_doubtful(self.text.get(start..).unwrap_or_default()) {
            vet(&operation.path, value)?;
        }
        self.pairs(&operation.pieces.query);
        Ok(())
    }

    /// Appends encoded pairs to the query, apart from what is there.
    pub(super) fn pairs(&mut self, pairs: &str) {
        if pairs.is_empty() {
            return;
        }
        self.text.push(if self.query.is_some() { '&' } else { '?' });
        self.query.get_or_insert(self.text.len());
        self.text.push_str(pairs);
    }

    /// The URL, which must be sent as it was written. Only what is new is parsed: hosts are what takes long.
    pub(super) fn url(&self) -> Result<Url, RequestError> {
        let end = self.query.map_or(self.text.len(), |query| query - 1);
        let path = self.text.get(..end).unwrap_or_default();
        let query = self.query.and_then(|query| self.text.get(query..));
        let mut url = self.server.clone();
        url.set_path(path);
        url.set_query(query);
        if url.path() == path && url.query() == query {
            return Ok(url);
        }
        Err(RequestError::Url(match url.path() == path {
            true => "the query would be sent in another spelling".to_owned(),
            false => format!("`{path}` would be sent as `{}`", url.path()),
        }))
    }
}

/// Whether any segment is empty or begins like one of dots.
fn is_doubtful(path: &str) -> bool {
    let bytes = path.as_bytes();
    let begins = |pair: &[u8]| matches!(pair, [b'/', b'/' | b'.' | b'%']);
    bytes.last() == Some(&b'/') || bytes.windows(2).any(begins)
}

/// Refuses values that would lead to another path, segment by segment: what the template itself says may stay.
#[cold]
fn vet<'v>(
    template: &str,
    value: impl Fn(&str) -> Result<&'v str, RequestError>,
) -> Result<(), RequestError> {
    for segment in template.split('?').next().unwrap_or_default().split('/') {
        let (mut text, mut rest, mut last) = (String::new(), segment, None);
        while let Some((literal, name, tail)) = variable(rest) {
            text.push_str(literal);
            text.push_str(value(name)?);
            (rest, last) = (tail, Some(name));
        }
        text.push_str(rest);
        let problem = match dots(&text) {
            Some(0) => "an empty value would lead to another path",
            Some(1 | 2) => "`.` and `..` would lead to another path",
            _ => continue,
        };
        if let Some(name) = last {
            return Err(RequestError::parameter("path", name, problem));
        }
    }
    Ok(())
}

/// How many dots a text has, encoded ones among them, if it has nothing else.
fn dots(text: &str) -> Option<usize> {
    let (mut rest, mut count) = (text, 0);
    while !rest.is_empty() {
        let encoded = rest.get(..3).is_some_and(|first| first.eq_ignore_ascii_case("%2e"));
        rest = if encoded { rest.get(3..)? } else { rest.strip_prefix('.')? };
        count += 1;
    }
    Some(count)
}

/// What keeps a URL from being sent to as it is.
fn unfit(url: &Url) -> Option<&'static str> {
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        Some("it does not begin with http:// or https:// and a host")
    } else if !url.username().is_empty() || url.password().is_some() {
        Some("credentials belong into the client's configuration")
    } else {
        None
    }
}

/// The URL of one request that is given as a whole. It is not repeated in messages: whoever subscribed with it may have
/// put a secret into it.
pub(super) fn target(text: &str) -> Result<Url, RequestError> {
    let url = Url::parse(text).map_err(|error| RequestError::Url(error.to_string()))?;
    match unfit(&url) {
        Some(problem) => Err(RequestError::Url(problem.to_owned())),
        None if url.fragment().is_some() => {
            Err(RequestError::Url("it has a fragment, which is never sent".to_owned()))
        }
        None => Ok(url),
    }
}

/// The URL with a query behind its own.
pub(super) fn extended(mut url: Url, query: &str) -> Result<Url, RequestError> {
    if query.is_empty() {
        return Ok(url);
    }
    let own = url.query().filter(|own| !own.is_empty());
    let all = own.map_or_else(|| query.to_owned(), |own| format!("{own}&{query}"));
    url.set_query(Some(&all));
    match url.query() == Some(&all) {
        true => Ok(url),
        false => Err(RequestError::Url(format!("the query `{query}` would be sent in another spelling"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::path::Pieces;

    /// The URL of a path and a query that are appended as they are.
    fn sent(base: &Base, path: &str, query: &str) -> Result<String, RequestError> {
        let mut draft = base.draft();
        draft.text.push_str(path);
        draft.pairs(query);
        draft.url().map(String::from)
    }

    #[test]
    fn the_path_of_the_server_is_kept() {
        for (base, path, expected) in [
            ("https://h/v1", "/pets", "https://h/v1/pets"),
            ("https://h/v1/", "/pets", "https://h/v1/pets"),
            ("https://h", "/", "https://h/"),
            ("https://h/v1", "/", "https://h/v1/"),
            ("http://h:8080/a/b/", "/a%2Fb/", "http://h:8080/a/b/a%2Fb/"),
        ] {
            assert_eq!(sent(&Base::new(base).unwrap(), path, "").unwrap(), expected);
        }
        let base = Base::new("http://h/v1").unwrap();
        assert_eq!(sent(&base, "/p", "a=%5B").unwrap(), "http://h/v1/p?a=%5B");
    }

    #[test]
    fn a_path_that_parsing_would_change_is_refused() {
        let base = Base::new("https://h/v1").unwrap();
        for path in ["/../x", "/a/%2e%2E/b", "/.", "/a b", "/a\\b", "/a?b", "/a#b", "/a\tb"] {
            assert!(sent(&base, path, "").is_err(), "{path}");
        }
        assert!(sent(&base, "/a", "b#c").is_err());
        assert!(sent(&base, "/a", "b'c").is_err());
    }

    #[test]
    fn servers_are_checked() {
        for text in
            ["/v1", "h/v1", "ftp://h", "https://h?x", "https://h#x", "https://u:p@h", "mailto:a@b", ""]
        {
            assert!(Base::new(text).is_err(), "{text}");
        }
        assert!(!Base::new("https://u:secret@h").unwrap_err().to_string().contains("secret"));
    }

    #[test]
    fn an_operation_may_have_its_own_server() {
        let base = Base::new("https://h/v1").unwrap();
        for (server, expected) in [
            ("https://other.io", "https://other.io/p"),
            ("/v2", "https://h/v2/p"),
            ("v2/", "https://h/v1/v2/p"),
            ("../v2", "https://h/v2/p"),
        ] {
            assert_eq!(sent(&base.server(server).unwrap(), "/p", "").unwrap(), expected);
        }
    }

    #[test]
    fn a_url_that_is_given_as_a_whole_keeps_its_path_and_query() {
        let sent = |text: &str, query: &str| extended(target(text).unwrap(), query).unwrap().to_string();
        assert_eq!(sent("https://h/hook/?token=a%20b", ""), "https://h/hook/?token=a%20b");
        assert_eq!(sent("https://h/hook?token=a", "n=1"), "https://h/hook?token=a&n=1");
        assert_eq!(sent("http://h:81/hook?", "n=%5B"), "http://h:81/hook?n=%5B");
        for text in ["/hook", "ftp://h/", "https://u:secret@h/", "https://u@h/", "https://h/#x", ""] {
            let error = target(text).unwrap_err().to_string();
            assert!(!error.contains("secret"), "{error}");
        }
    }

    #[test]
    fn templates_are_filled_in() {
        let fill = |template: &str, value| {
            let base = Base::new("http://h").unwrap();
            let mut draft = base.draft();
            let pieces = Pieces::of(template);
            let operation = Operation { path: template.to_owned(), pieces, ..Operation::default() };
            draft.expand(&operation, |_| Ok(value))?;
            draft.url().map(String::from)
        };
        for (template, value, expected) in [
            ("/users/{id}:activate", "7", "/users/7:activate"),
            ("/r/{id}.json", "a%2Fb", "/r/a%2Fb.json"),
            ("/odata/Pets({id})", "1", "/odata/Pets(1)"),
            ("/t/{a}-{b}", "x", "/t/x-x"),
            ("/a b/ü", "", "/a%20b/%C3%BC"),
            ("/a?beta=true", "", "/a?beta=true"),
            ("/", "", "/"),
            ("/a/{x}/", "b", "/a/b/"),
            ("/a/{x}", "...", "/a/..."),
        ] {
            assert_eq!(fill(template, value).unwrap(), format!("http://h{expected}"));
        }
        for (template, value) in [
            ("/{x}", ""),
            ("/{x}/a", "."),
            ("/{x}", ".."),
            ("/{x}{y}", "."),
            ("/.{x}", "%2e"),
            ("/a/{x}/", ""),
        ] {
            assert!(fill(template, value).is_err(), "{template} {value}");
        }
    }
}
