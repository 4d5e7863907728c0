//! URIs (RFC 3986), IRIs (RFC 3987), URI templates (RFC 6570) and JSON pointers (RFC 6901).

use super::host::{is_ipv4, is_ipv6};

/// Which characters beyond ASCII belong to the grammar.
#[derive(Clone, Copy, PartialEq)]
enum Alphabet {
    Uri,
    Iri,
}

/// `uri`: RFC 3986 section 3.
pub fn is_uri(text: &str) -> bool {
    reference(text, Alphabet::Uri) == Some(true)
}

/// `uri-reference`: RFC 3986 section 4.1.
pub fn is_uri_reference(text: &str) -> bool {
    reference(text, Alphabet::Uri).is_some()
}

/// `iri`: RFC 3987 section 2.2.
pub fn is_iri(text: &str) -> bool {
    reference(text, Alphabet::Iri) == Some(true)
}

/// `iri-reference`: RFC 3987 section 2.2.
pub fn is_iri_reference(text: &str) -> bool {
    reference(text, Alphabet::Iri).is_some()
}

/// Whether a valid reference has a scheme; `None` where it is not valid.
fn reference(text: &str, alphabet: Alphabet) -> Option<bool> {
    let (text, fragment) = split(text, '#');
    let (text, query) = split(text, '?');
    let private = |c: char| alphabet == Alphabet::Iri && is_private(c);
    let fits = all(fragment, |c| is_pchar(c, alphabet) || matches!(c, '/' | '?'))
        && all(query, |c| is_pchar(c, alphabet) || matches!(c, '/' | '?') || private(c));
    let first = text.split('/').next().unwrap_or_default();
    let (scheme, rest) = match first.split_once(':') {
        Some((scheme, _)) => (Some(scheme), text.get(scheme.len() + 1..)?),
        None => (None, text),
    };
    let scheme_fits = scheme.is_none_or(|scheme| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    });
    let path = match rest.strip_prefix("//") {
        Some(rest) => {
            let end = rest.find('/').unwrap_or(rest.len());
            let (host, path) = rest.split_at_checked(end)?;
            authority(host, alphabet).then_some(path)?
        }
        None => rest,
    };
    (fits && scheme_fits && all(path, |c| is_pchar(c, alphabet) || c == '/')).then_some(scheme.is_some())
}

fn split(text: &str, at: char) -> (&str, &str) {
    text.split_once(at).unwrap_or((text, ""))
}

fn authority(text: &str, alphabet: Alphabet) -> bool {
    let name = |c: char| is_unreserved(c, alphabet) || is_sub_delimiter(c);
    let (user, host) = text.split_once('@').unwrap_or(("", text));
    let (host_fits, port) = match host.strip_prefix('[').map(|rest| rest.split_once(']')) {
        Some(None) => return false,
        Some(Some((literal, port))) => (is_ipv6(literal) || is_future_address(literal), port),
        None => {
            let end = host.find(':').unwrap_or(host.len());
            let (name_part, port) = host.split_at_checked(end).unwrap_or((host, ""));
            (is_ipv4(name_part) || all(name_part, name), port)
        }
    };
    let port_fits = port.is_empty()
        || port.strip_prefix(':').is_some_and(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
    host_fits && port_fits && all(user, |c| name(c) || c == ':')
}

fn is_future_address(text: &str) -> bool {
    let Some((version, address)) = text.strip_prefix(['v', 'V']).and_then(|rest| rest.split_once('.')) else {
        return false;
    };
    let allowed = |c: char| is_unreserved(c, Alphabet::Uri) || is_sub_delimiter(c) || c == ':';
    !version.is_empty()
        && version.bytes().all(|byte| byte.is_ascii_hexdigit())
        && !address.is_empty()
        && address.chars().all(allowed)
}

/// Whether a text consists of allowed characters and percent-encoded octets.
fn all(text: &str, allowed: impl Fn(char) -> bool) -> bool {
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        let fits = match character {
            '%' => (0..2).all(|_| rest.next().is_some_and(|c| c.is_ascii_hexdigit())),
            other => allowed(other),
        };
        if !fits {
            return false;
        }
    }
    true
}

fn is_pchar(c: char, alphabet: Alphabet) -> bool {
    is_unreserved(c, alphabet) || is_sub_delimiter(c) || matches!(c, ':' | '@')
}

fn is_unreserved(c: char, alphabet: Alphabet) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~') || alphabet == Alphabet::Iri && is_ucs(c)
}

fn is_sub_delimiter(c: char) -> bool {
    matches!(c, '!' | '$' | '&' | '\'' | '(' | ')' | '*' | '+' | ',' | ';' | '=')
}

/// `ucschar` of RFC 3987.
fn is_ucs(c: char) -> bool {
    let code = u32::from(c);
    match code {
        0xA0..=0xD7FF | 0xF900..=0xFDCF | 0xFDF0..=0xFFEF => true,
        0x1_0000..=0xD_FFFF => code & 0xFFFF <= 0xFFFD,
        0xE_1000..=0xE_FFFD => true,
        _ => false,
    }
}

/// `iprivate` of RFC 3987.
fn is_private(c: char) -> bool {
    matches!(u32::from(c), 0xE000..=0xF8FF | 0xF_0000..=0xF_FFFD | 0x10_0000..=0x10_FFFD)
}

/// `uri-template`: RFC 6570 section 2.
pub fn is_uri_template(text: &str) -> bool {
    let mut rest = text;
    loop {
        let Some((literal, expression)) = rest.split_once('{') else { return all(rest, is_literal) };
        let Some((inside, after)) = expression.split_once('}') else { return false };
        if !all(literal, is_literal) || !is_expression(inside) {
            return false;
        }
        rest = after;
    }
}

fn is_literal(c: char) -> bool {
    if c.is_ascii() {
        matches!(c, '!'..='~') && !matches!(c, '"' | '%' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
    } else {
        is_ucs(c) || is_private(c)
    }
}

fn is_expression(text: &str) -> bool {
    let list =
        text.strip_prefix(['+', '#', '.', '/', ';', '?', '&', '=', ',', '!', '@', '|']).unwrap_or(text);
    list.split(',').all(|variable| {
        let name = match variable.split_once(':') {
            Some((name, length)) => {
                let digits = length.bytes().all(|byte| byte.is_ascii_digit());
                return digits
                    && (1..=4).contains(&length.len())
                    && !length.starts_with('0')
                    && is_name(name);
            }
            None => variable.strip_suffix('*').unwrap_or(variable),
        };
        is_name(name)
    })
}

fn is_name(name: &str) -> bool {
    let part = |part: &str| !part.is_empty() && all(part, |c| c.is_ascii_alphanumeric() || c == '_');
    name.split('.').all(part)
}

/// `json-pointer`: RFC 6901 section 5.
pub fn is_json_pointer(text: &str) -> bool {
    let escapes = text.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
    escapes && (text.is_empty() || text.starts_with('/'))
}

/// `relative-json-pointer`: the draft of that name, section 3.
pub fn is_relative_json_pointer(text: &str) -> bool {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = text.split_at_checked(digits).unwrap_or(("", text));
    let canonical = number == "0" || !number.is_empty() && !number.starts_with('0');
    canonical && (rest == "#" || is_json_pointer(rest))
}
