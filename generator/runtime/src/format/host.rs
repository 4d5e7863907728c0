//! Host names, addresses and mail boxes.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::idna;

/// Longest name: 255 octets on the wire (RFC 1034 section 3.1) without the length bytes of its ends.
const MAX_NAME: usize = 253;

/// `hostname`: RFC 1123 section 2.1, with A-labels as RFC 5890 section 2.3.2.3 has them.
pub fn is_hostname(text: &str) -> bool {
    let labels: Vec<&str> = text.split('.').collect();
    if text.len() > MAX_NAME || !labels.iter().all(|label| is_ldh_label(label)) {
        return false;
    }
    let unicode: Option<Vec<String>> = labels.iter().map(|label| idna::from_a_label(label)).collect();
    unicode.is_some_and(|labels| idna::bidi(&labels))
}

/// `idn-hostname`: RFC 5890 section 2.3.2.3, labels valid by RFC 5891 section 5.4.
pub fn is_idn_hostname(text: &str) -> bool {
    // No A-label is shorter than its U-label.
    if text.chars().count() > MAX_NAME {
        return false;
    }
    let labels: Option<Vec<(usize, String)>> =
        text.split(['.', '\u{3002}', '\u{FF0E}', '\u{FF61}']).map(idna::u_label).collect();
    let Some(labels) = labels else { return false };
    let length = labels.iter().map(|(length, _)| length + 1).sum::<usize>() - 1;
    let labels: Vec<String> = labels.into_iter().map(|(_, label)| label).collect();
    length <= MAX_NAME && idna::bidi(&labels)
}

/// Letters, digits and inner hyphens, at most 63 of them.
pub(super) fn is_ldh_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// `ipv4`: RFC 2673 section 3.2.
pub fn is_ipv4(text: &str) -> bool {
    text.parse::<Ipv4Addr>().is_ok()
}

/// `ipv6`: RFC 4291 section 2.2.
pub fn is_ipv6(text: &str) -> bool {
    text.parse::<Ipv6Addr>().is_ok()
}

/// `email`: `Mailbox` of RFC 5321 section 4.1.2.
pub fn is_email(text: &str) -> bool {
    text.is_ascii() && mailbox(text)
}

/// `idn-email`: `Mailbox` extended by RFC 6531 section 3.3.
pub fn is_idn_email(text: &str) -> bool {
    mailbox(text)
}

fn mailbox(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let local_fits = match local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(quoted) => quoted_content(quoted),
        None => local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_atext)),
    };
    local.len() <= 64 && local_fits && mail_domain(domain)
}

fn is_atext(character: char) -> bool {
    !character.is_ascii() || character.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(character)
}

fn quoted_content(text: &str) -> bool {
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        let fits = match character {
            '\\' => characters.next().is_some_and(|escaped| matches!(escaped, ' '..='~')),
            '"' => false,
            other => !other.is_ascii() || matches!(other, ' '..='~'),
        };
        if !fits {
            return false;
        }
    }
    true
}

fn mail_domain(domain: &str) -> bool {
    if let Some(literal) = domain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let tagged = literal.split_at_checked(5).filter(|(tag, _)| tag.eq_ignore_ascii_case("IPv6:"));
        return tagged.map_or_else(|| is_ipv4(literal), |(_, address)| is_ipv6(address));
    }
    let inner = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || c == '-';
    let label = |label: &str| {
        !label.is_empty()
            && (label.len() <= 63 || !label.is_ascii())
            && label.chars().all(inner)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    domain.len() <= 255 && domain.split('.').all(label)
}
