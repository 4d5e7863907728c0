//! Forms to JSON: `application/x-www-form-urlencoded` and the text parts of `multipart/form-data`
//! (OAS 3.1.2, Encoding Object).

use std::borrow::Cow;
use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::decode::form_member;
use super::text::Coding;
use super::{Pairs, Refusal, Spec, write_scalar};
use crate::json::Json;
use crate::media::MediaType;
use crate::operation::{Encoding, Media, Shape, Style};
use crate::writer::write_string;

/// Turns the pairs of a urlencoded body into the text of a JSON object.
pub fn read(media: &Media, pairs: &Pairs) -> Result<Vec<u8>, Refusal> {
    Form { media, pairs, coding: Coding::Form, json: &BTreeSet::new() }.read()
}

/// Turns the parts of a multipart body into the text of a JSON object. `json` names the parts that say themselves that
/// they are JSON.
pub fn read_parts(media: &Media, pairs: &Pairs, json: &BTreeSet<String>) -> Result<Vec<u8>, Refusal> {
    Form { media, pairs, coding: Coding::Plain, json }.read()
}

struct Form<'a> {
    media: &'a Media,
    pairs: &'a Pairs,
    coding: Coding,
    json: &'a BTreeSet<String>,
}

impl Form<'_> {
    fn read(&self) -> Result<Vec<u8>, Refusal> {
        let mut out = vec![b'{'];
        if let Shape::Object { members, .. } = &self.media.shape {
            for (name, shape) in members {
                if let Some(value) = self.member(name, shape).map_err(|refusal| refusal.below(name))? {
                    put(&mut out, name, &value);
                }
            }
        }
        self.others(&mut out)?;
        out.push(b'}');
        Ok(out)
    }

    /// A declared member.
    fn member(&self, name: &str, shape: &Shape) -> super::Value {
        let encoding = self.media.encoding(name);
        if let Some(encoding) = encoding.filter(|encoding| has_style(encoding)) {
            let style = encoding.style.unwrap_or(Style::Form);
            let explode = encoding.explode.unwrap_or(style == Style::Form);
            let spec = Spec { name, style, explode, allow_empty: false, shape };
            return form_member(&spec, self.pairs, self.coding);
        }
        let json = encoding.and_then(|encoding| encoding.content_type.as_deref()).is_some_and(is_json);
        let values: Vec<&str> = self.pairs.values(name).collect();
        match (shape, values.as_slice()) {
            (_, []) => Ok(None),
            (Shape::Array(item), values) => self.list(item, values, json, name).map(Some),
            (shape, [value]) => self.value(shape, value, json, name).map(Some),
            _ => Err(Refusal::duplicate(String::new())),
        }
    }

    /// An array: one pair for each item; where the contract says that it is JSON, also one pair for the whole.
    fn list(&self, item: &Shape, values: &[&str], json: bool, name: &str) -> Result<Vec<u8>, Refusal> {
        if let ([whole], true) = (values, json) {
            let text = self.coding.decode(whole)?;
            if text.trim_start().starts_with('[') {
                return json_text(text);
            }
        }
        let mut out = vec![b'['];
        for value in values {
            if out.len() > 1 {
                out.push(b',');
            }
            out.extend_from_slice(&self.value(item, value, json, name)?);
        }
        out.push(b']');
        Ok(out)
    }

    /// One value: objects and what is said to be JSON are JSON text, the rest is text.
    fn value(&self, shape: &Shape, raw: &str, json: bool, name: &str) -> Result<Vec<u8>, Refusal> {
        let text = self.coding.decode(raw)?;
        let nested = matches!(shape, Shape::Object { .. } | Shape::Array(_));
        let says_so = self.json.contains(name) && !matches!(shape, Shape::String | Shape::File);
        if nested || json || says_so {
            return json_text(text);
        }
        let mut out = Vec::with_capacity(text.len() + 2);
        write_scalar(&mut out, shape, &text);
        Ok(out)
    }

    /// Members that the contract does not name; whether they may be there is for the schema to say.
    fn others(&self, out: &mut Vec<u8>) -> Result<(), Refusal> {
        let mut found: IndexMap<&str, Vec<&str>> = IndexMap::new();
        for pair in self.pairs.iter().filter(|pair| !self.declared(pair.name)) {
            found.entry(pair.name).or_default().push(pair.value);
        }
        let rest = match &self.media.shape {
            Shape::Object { rest: Some(rest), .. } => rest.as_ref(),
            _ => &Shape::String,
        };
        for (name, values) in found {
            let value = match (rest, values.as_slice()) {
                (Shape::Array(item), values) => self.list(item, values, false, name),
                (rest, [value]) => self.value(rest, value, false, name),
                (rest, values) => self.list(rest, values, false, name),
            };
            put(out, name, &value.map_err(|refusal| refusal.below(name))?);
        }
        Ok(())
    }

    /// Whether a name belongs to a declared member: its own, `h[R]` below a deep object, or a member of an exploded one.
    fn declared(&self, name: &str) -> bool {
        let Shape::Object { members, .. } = &self.media.shape else { return false };
        members.contains_key(name)
            || self.media.encoding.iter().filter(|encoding| has_style(encoding)).any(|encoding| {
                let below =
                    name.strip_prefix(encoding.name.as_str()).is_some_and(|rest| rest.starts_with('['));
                let exploded = encoding.explode.unwrap_or(encoding.style.is_none_or(|s| s == Style::Form));
                match members.get(&encoding.name) {
                    Some(_) if encoding.style == Some(Style::DeepObject) => below,
                    Some(Shape::Object { members, .. }) if exploded => members.contains_key(name),
                    _ => false,
                }
            })
    }
}

/// An explicit style, explode or allowReserved makes `contentType` void (OAS 3.1.2, Encoding Object).
fn has_style(encoding: &Encoding) -> bool {
    encoding.style.is_some() || encoding.explode.is_some() || encoding.allow_reserved
}

fn is_json(content_type: &str) -> bool {
    MediaType::parse(content_type).is_some_and(|media| media.is_json())
}

/// Text that must be one JSON value, so that it can stand inside of a JSON text.
fn json_text(text: Cow<'_, str>) -> Result<Vec<u8>, Refusal> {
    match Json::parse(text.as_bytes()) {
        Ok(_) => Ok(text.into_owned().into_bytes()),
        Err(malformed) => Err(Refusal::Malformed(malformed.to_string().into())),
    }
}

fn put(out: &mut Vec<u8>, name: &str, value: &[u8]) {
    if out.len() > 1 {
        out.push(b',');
    }
    write_string(out, name);
    out.push(b':');
    out.extend_from_slice(value);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `n: number, o: object, a: [string], ao: [object], h: {R: number}` of T35.
    fn media() -> Media {
        let object = || Shape::Object { members: Default::default(), rest: Some(Box::new(Shape::Json)) };
        let h = [("R".to_owned(), Shape::Number)].into_iter().collect();
        let members = [
            ("n", Shape::Number),
            ("o", object()),
            ("a", Shape::Array(Box::new(Shape::String))),
            ("ao", Shape::Array(Box::new(object()))),
            ("h", Shape::Object { members: h, rest: None }),
        ];
        let members = members.map(|(name, shape)| (name.to_owned(), shape)).into_iter().collect();
        let h = Encoding {
            name: "h".to_owned(),
            style: Some(Style::DeepObject),
            explode: Some(true),
            content_type: Some("application/xml".to_owned()),
            ..Encoding::default()
        };
        Media { shape: Shape::Object { members, rest: None }, encoding: vec![h], ..Media::default() }
    }

    fn form(text: &str) -> Result<String, Refusal> {
        read(&media(), &Pairs::form(text)?).map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn defaults_by_type() {
        let text = "n=1&o=%7B%22k%22%3A1%7D&a=x&a=y+z&ao=%7B%7D&h%5BR%5D=2&zz=1&zz=2";
        let expected = r#"{"n":1,"o":{"k":1},"a":["x","y z"],"ao":[{}],"h":{"R":2},"zz":["1","2"]}"#;
        assert_eq!(form(text).unwrap(), expected);
        assert_eq!(form("").unwrap(), "{}");
    }

    #[test]
    fn nothing_is_coded_in_multipart() {
        let list =
            |name: &str, style| Encoding { name: name.to_owned(), style: Some(style), ..Encoding::default() };
        let members = ["s", "p"].map(|name| (name.to_owned(), Shape::Array(Box::new(Shape::String))));
        let media = Media {
            shape: Shape::Object { members: members.into_iter().collect(), rest: None },
            encoding: vec![list("s", Style::SpaceDelimited), list("p", Style::PipeDelimited)],
            ..Media::default()
        };
        let parts =
            [("s", "a b%20c+d"), ("p", "a|b%7Cc")].map(|(name, text)| (name.to_owned(), text.to_owned()));
        let read = read_parts(&media, &Pairs::parts(parts), &BTreeSet::new()).unwrap();
        assert_eq!(String::from_utf8(read).unwrap(), r#"{"s":["a","b%20c+d"],"p":["a","b%7Cc"]}"#);
    }

    #[test]
    fn json_in_a_member_cannot_break_out() {
        assert!(matches!(form("o=%7B%7D%2C%22x%22%3A1"), Err(Refusal::Malformed(_))));
        assert!(matches!(form("n=%zz"), Err(Refusal::Malformed(_))));
    }

    #[test]
    fn what_is_given_twice_is_named() {
        let Err(Refusal::Violation { pointer, .. }) = form("n=1&n=2") else { panic!("accepted") };
        assert_eq!(pointer, "/n");
        let Err(Refusal::Violation { pointer, .. }) = form("h[R]=1&h[R]=2") else { panic!("accepted") };
        assert_eq!(pointer, "/h/R");
    }
}
