//! The grammar of runtime expressions (OAS 3.1.2, Runtime Expressions).

/// A runtime expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression<'t> {
    /// `$url`.
    Url,
    /// `$method`.
    Method,
    /// `$statusCode`.
    StatusCode,
    /// `$request.…`.
    Request(Source<'t>),
    /// `$response.…`; there is only a header or a body.
    Response(Source<'t>),
}

/// A part of a request or a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source<'t> {
    /// A header, whose name has no case.
    Header(&'t str),
    /// A query parameter.
    Query(&'t str),
    /// A path parameter.
    Path(&'t str),
    /// The body, or what the tokens of a JSON pointer lead to.
    Body(Vec<String>),
}

/// A piece of a text with expressions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Text as it is.
    Text(&'t str),
    /// An expression, as written and as read.
    Expression(&'t str, Expression<'t>),
}

/// The pieces of a text: expressions stand in braces, or the whole is one that begins with `$`.
///
/// # Errors
/// If an expression does not follow the grammar; says what is wrong.
pub fn pieces(text: &str) -> Result<Vec<Piece<'_>>, String> {
    if text.starts_with('$') {
        return Ok(vec![Piece::Expression(text, Expression::parse(text)?)]);
    }
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        let (inside, after) =
            after.split_once('}').ok_or_else(|| format!("`{{{after}` has no closing brace"))?;
        pieces.push(Piece::Expression(inside, Expression::parse(inside)?));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    Ok(pieces)
}

impl<'t> Expression<'t> {
    /// Reads an expression without braces.
    ///
    /// # Errors
    /// If it does not follow the grammar; says what is wrong.
    pub fn parse(text: &'t str) -> Result<Self, String> {
        let unknown = || {
            format!(
                "`{text}` is no runtime expression; they are such as `$request.body#/url` or `$request.query.url`"
            )
        };
        match text {
            "$url" => return Ok(Self::Url),
            "$method" => return Ok(Self::Method),
            "$statusCode" => return Ok(Self::StatusCode),
            _ => {}
        }
        if let Some(rest) = text.strip_prefix("$request.") {
            return Source::parse(rest).map(Self::Request).ok_or_else(unknown);
        }
        let source = text.strip_prefix("$response.").and_then(Source::parse).ok_or_else(unknown)?;
        match source {
            Source::Header(_) | Source::Body(_) => Ok(Self::Response(source)),
            Source::Query(_) | Source::Path(_) => {
                Err(format!("`{text}`: a response has headers and a body only"))
            }
        }
    }
}

impl<'t> Source<'t> {
    fn parse(text: &'t str) -> Option<Self> {
        if let Some(rest) = text.strip_prefix("body") {
            return Some(Self::Body(match rest.strip_prefix('#') {
                None if rest.is_empty() => Vec::new(),
                None => return None,
                Some(pointer) => tokens(pointer)?,
            }));
        }
        let (kind, name) = text.split_once('.')?;
        let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        match kind {
            _ if name.is_empty() => None,
            "header" => name.bytes().all(token).then_some(Self::Header(name)),
            "query" => Some(Self::Query(name)),
            "path" => Some(Self::Path(name)),
            _ => None,
        }
    }
}

/// The tokens of a JSON pointer (RFC 6901), unescaped.
fn tokens(pointer: &str) -> Option<Vec<String>> {
    if pointer.is_empty() {
        return Some(Vec::new());
    }
    pointer.strip_prefix('/')?.split('/').map(unescaped).collect()
}

fn unescaped(token: &str) -> Option<String> {
    let mut text = String::with_capacity(token.len());
    let mut characters = token.chars();
    while let Some(character) = characters.next() {
        text.push(match character {
            '~' => match characters.next()? {
                '0' => '~',
                '1' => '/',
                _ => return None,
            },
            other => other,
        });
    }
    Some(text)
}
