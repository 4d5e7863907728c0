//! What stands in a line of Markdown: links, code, HTML. Whatever rustdoc would complain of is made text.

/// HTML that rustdoc shows and that needs no end.
const VOID: &[&str] = &["br", "hr"];

/// HTML that is kept where it is closed in the same line.
const PAIRED: &[&str] = &["b", "code", "em", "i", "kbd", "s", "strong", "sub", "sup", "u"];

/// A line in which brackets are text unless they are a link to the web, addresses are links, and HTML is text unless it
/// is harmless. Code spans are left alone.
pub(super) fn escaped(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    // A fence behind a list marker or in a quotation would begin code that rustdoc runs.
    if line.starts_with("~~~") {
        out.push('\\');
    }
    let mut open: Vec<&str> = Vec::new();
    let mut rest = line;
    while let Some(letter) = rest.chars().next() {
        let plain = plain(rest);
        if !plain.is_empty() {
            out.push_str(plain);
            rest = rest.get(plain.len()..).unwrap_or_default();
            continue;
        }
        let taken = match letter {
            '`' => code(rest),
            '\\' => rest.get(..1 + rest.chars().nth(1).map_or(0, char::len_utf8)),
            '[' => link(rest),
            '<' => autolink(rest).or_else(|| html(rest, &mut open)),
            'h' if !out.ends_with(char::is_alphanumeric) => address(rest),
            ' ' if rest.starts_with("    ") => {
                // Four spaces may begin code; in a line they mean the same as one.
                rest = rest.trim_start();
                out.push(' ');
                continue;
            }
            _ => None,
        };
        let plain = rest.get(..letter.len_utf8()).unwrap_or_default();
        match taken {
            Some(url) if letter == 'h' => out.extend(["<", url, ">"]),
            Some(taken) => out.push_str(taken),
            None if matches!(letter, '`' | '[' | ']' | '<') => out.extend(["\\", plain]),
            None => out.push_str(plain),
        }
        rest = rest.get(taken.unwrap_or(plain).len()..).unwrap_or_default();
    }
    while let Some(name) = open.pop() {
        out.push_str(&format!("</{name}>"));
    }
    out
}

/// The text up to the next letter that may mean something.
fn plain(text: &str) -> &str {
    let special = |(at, byte): (usize, u8)| {
        let begins = |word| text.get(at..).is_some_and(|rest| rest.starts_with(word));
        match byte {
            b'`' | b'\\' | b'[' | b']' | b'<' => true,
            b'h' => begins("http"),
            b' ' => begins("    "),
            _ => false,
        }
    };
    let end = text.bytes().enumerate().position(special);
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

/// A code span with its backticks; nothing where it does not end in this line.
fn code(text: &str) -> Option<&str> {
    let ticks = text.bytes().take_while(|byte| *byte == b'`').count();
    let mut at = ticks;
    loop {
        at += text.get(at..)?.find('`')?;
        let run = text.get(at..)?.bytes().take_while(|byte| *byte == b'`').count();
        at += run;
        if run == ticks {
            return text.get(..at);
        }
    }
}

/// A whole `[text](https://…)` at the start.
fn link(text: &str) -> Option<&str> {
    let close = text.find("](")?;
    let inside = text.get(1..close)?;
    let target = text.get(close + 2..)?;
    let end = target.find(')')?;
    let target = target.get(..end)?;
    let web =
        target.starts_with("https://") || target.starts_with("http://") || target.starts_with("mailto:");
    (web && !inside.contains(['[', ']', '<'])).then(|| text.get(..close + 3 + end)).flatten()
}

/// A whole `<https://…>` at the start.
fn autolink(text: &str) -> Option<&str> {
    let inside = text.get(1..text.find('>')?)?;
    (address(inside)? == inside).then(|| text.get(..inside.len() + 2)).flatten()
}

/// The address at the start of a text. What ends a sentence does not belong to it.
fn address(text: &str) -> Option<&str> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| text.starts_with(scheme))?;
    let ends = |letter: char| letter.is_whitespace() || "<>\"'`[]{}|\\^".contains(letter);
    let url = text.get(..text.find(ends).unwrap_or(text.len()))?;
    // A closing parenthesis belongs to the address if it was opened there.
    let balanced = |url: &str| url.matches('(').count() >= url.matches(')').count();
    let mut url = url;
    loop {
        let shorter = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_', '~']);
        let shorter = if balanced(shorter) { shorter } else { shorter.strip_suffix(')').unwrap_or(shorter) };
        if shorter == url {
            break;
        }
        url = shorter;
    }
    (url.len() > scheme.len()).then_some(url)
}

/// A tag that may stay; `open` are those that wait for their ends.
fn html<'t>(text: &'t str, open: &mut Vec<&'t str>) -> Option<&'t str> {
    let end = text.find('>')?;
    let inside = text.get(1..end)?;
    let tag = text.get(..=end);
    if VOID.contains(&inside.trim_end_matches('/').trim_end()) {
        return tag;
    }
    if let Some(name) = inside.strip_prefix('/') {
        return (open.last() == Some(&name)).then(|| open.pop()).and(tag);
    }
    let closed = || text.contains(&format!("</{inside}>"));
    (PAIRED.contains(&inside) && closed()).then(|| open.push(inside)).and(tag)
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn brackets_are_links_only_with_a_target_on_the_web() {
        for (line, expected) in [
            ("[`Vec`] and [x](javascript:1)", "\\[`Vec`\\] and \\[x\\](javascript:1)"),
            ("see [here](https://a.b/c)", "see [here](https://a.b/c)"),
            ("`a[0]` is \\[code\\]", "`a[0]` is \\[code\\]"),
        ] {
            assert_eq!(escaped(line), expected);
        }
    }

    #[test]
    fn addresses_are_links() {
        for (line, expected) in [
            ("at https://a.b/c.", "at <https://a.b/c>."),
            ("(http://a.b/c_(d)), *https://a.b*", "(<http://a.b/c_(d)>), *<https://a.b>*"),
            ("<https://a.b> `https://a.b` xhttps://a.b", "<https://a.b> `https://a.b` xhttps://a.b"),
            ("https:// h", "https:// h"),
        ] {
            assert_eq!(escaped(line), expected);
        }
    }

    #[test]
    fn html_is_text_unless_it_is_harmless() {
        for (line, expected) in [
            ("a <id> of Vec<T>, 1 < 2", "a \\<id> of Vec\\<T>, 1 \\< 2"),
            ("a<br>b<br/>c", "a<br>b<br/>c"),
            ("<b>x</b> <b>y <i>z</b></i>", "<b>x</b> <b>y <i>z\\</b></i></b>"),
            ("</p><script>", "\\</p>\\<script>"),
        ] {
            assert_eq!(escaped(line), expected);
        }
    }

    #[test]
    fn code_ends_in_its_line_or_is_none() {
        for (line, expected) in [
            ("``a`b`` c", "``a`b`` c"),
            ("a ` b <c>", "a \\` b \\<c>"),
            ("```sh", "\\`\\`\\`sh"),
            ("~~~", "\\~~~"),
            ("a     b", "a b"),
        ] {
            assert_eq!(escaped(line), expected);
        }
    }
}
