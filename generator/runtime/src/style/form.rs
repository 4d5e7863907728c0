//! Forms to JSON: `application/x-www-form-urlencoded` and the text parts of `multipart/form-data`
//! (OAS 3.1.2, Encoding Object).

use std::borrow::Cow;

use indexmap::IndexMap;

use super::decode::form_member;
use super::text::Coding;
use super::{Pair, Pairs, Refusal, Spec, write_scalar};
use crate::document::Document;
use crate::json::Json;
use crate::operation::{Encoding, Layout, Media, MediaKind, Shape, Style};
use crate::schema::Contract;
use crate::writer::write_string;

/// Turns the pairs of a urlencoded body into the text of a JSON object.
pub fn read(contract: &'static Contract, media: &Media, pairs: &Pairs) -> Result<Vec<u8>, Refusal> {
    Form { layout: media.layout(), pairs, coding: Coding::Form, contract: Some(contract) }.read()
}

/// Turns the parts of a multipart body into the text of a JSON object.
#[cfg(any(feature = "server", feature = "client"))]
pub(crate) fn read_parts(layout: Layout<'_>, pairs: &Pairs) -> Result<Vec<u8>, Refusal> {
    Form { layout, pairs, coding: Coding::Plain, contract: None }.read()
}

struct Form<'a> {
    layout: Layout<'a>,
    pairs: &'a Pairs,
    coding: Coding,
    /// Of a urlencoded body; parts have been made JSON by their own media types.
    contract: Option<&'static Contract>,
}

impl Form<'_> {
    fn read(&self) -> Result<Vec<u8>, Refusal> {
        let mut out = vec![b'{'];
        if let Shape::Object { members, .. } = self.layout.shape {
            for (name, shape) in members.iter() {
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
        let encoding = self.layout.encoding(name);
        if let Some(encoding) = encoding.filter(|encoding| encoding.is_styled()) {
            let style = encoding.style.unwrap_or(Style::Form);
            let explode = encoding.explode.unwrap_or(style == Style::Form);
            let spec = Spec { name, style, explode, allow_empty: false, shape };
            return form_member(&spec, self.pairs, self.coding);
        }
        let values: Vec<Pair<'_>> = self.pairs.iter().filter(|pair| pair.name == name).collect();
        match (shape, values.as_slice()) {
            (_, []) => Ok(None),
            (Shape::Array(item), values) => self.list(item, values, encoding).map(Some),
            (shape, [value]) => self.value(shape, *value, encoding).map(Some),
            _ => Err(Refusal::duplicate(String::new())),
        }
    }

    /// An array: one pair for each item; where the contract says that it is JSON, or a sequence of it, also one pair
    /// for the whole. Where items are arrays themselves, one pair is one item.
    fn list(
        &self,
        item: &Shape,
        values: &[Pair<'_>],
        encoding: Option<&Encoding>,
    ) -> Result<Vec<u8>, Refusal> {
        let kind = encoding.map_or(MediaKind::Text, Encoding::kind);
        let holds_all = matches!(
            kind,
            MediaKind::Json | MediaKind::JsonLines | MediaKind::JsonSeq | MediaKind::Multipart
        );
        if let ([whole], true, false) = (values, holds_all, matches!(item, Shape::Array(_))) {
            let json = self.value(&Shape::Json, *whole, encoding)?;
            if json.trim_ascii_start().starts_with(b"[") {
                return Ok(json);
            }
        }
        let mut out = vec![b'['];
        for value in values {
            if out.len() > 1 {
                out.push(b',');
            }
            out.extend_from_slice(&self.value(item, *value, encoding)?);
        }
        out.push(b']');
        Ok(out)
    }

    /// One value: by the media type that the contract gives it; else objects and arrays are JSON, the rest is text.
    fn value(&self, shape: &Shape, pair: Pair<'_>, encoding: Option<&Encoding>) -> Result<Vec<u8>, Refusal> {
        if pair.is_json {
            return Ok(pair.value.as_bytes().to_vec());
        }
        let text = self.coding.decode(pair.value)?;
        let is_text = matches!(shape, Shape::String | Shape::File);
        if let (Some(contract), Some(encoding), false) = (self.contract, encoding, is_text) {
            let document = Document::of_part(encoding, encoding.kind());
            if document.is_other() {
                return document.read(contract, text.as_bytes());
            }
        }
        let nested = matches!(shape, Shape::Object { .. } | Shape::Array(_));
        if nested || encoding.is_some_and(|encoding| encoding.kind() == MediaKind::Json) {
            return json_text(text);
        }
        let mut out = Vec::with_capacity(text.len() + 2);
        write_scalar(&mut out, shape, &text);
        Ok(out)
    }

    /// Members that the contract does not name; whether they may be there is for the schema to say.
    fn others(&self, out: &mut Vec<u8>) -> Result<(), Refusal> {
        let mut found: IndexMap<&str, Vec<Pair<'_>>> = IndexMap::new();
        for pair in self.pairs.iter().filter(|pair| !self.layout.declares(pair.name)) {
            found.entry(pair.name).or_default().push(pair);
        }
        let rest = match self.layout.shape {
            Shape::Object { rest: Some(rest), .. } => rest.as_ref(),
            _ => &Shape::String,
        };
        for (name, values) in found {
            let value = match (rest, values.as_slice()) {
                (Shape::Array(item), values) => self.list(item, values, None),
                (rest, [value]) => self.value(rest, *value, None),
                (rest, values) => self.list(rest, values, None),
            };
            put(out, name, &value.map_err(|refusal| refusal.below(name))?);
        }
        Ok(())
    }
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

    static CONTRACT: Contract = Contract::new("", "");

    /// `n: number, o: object, a: [string], ao: [object], h: {R: number}` of T35.
    fn media() -> Media {
        let object = || Shape::Object { members: Default::default(), rest: Some(Box::new(Shape::Json)) };
        let h = [("R".to_owned(), Shape::Number)].into_iter().collect();
        let members = [
            ("n", Shape::Number),
            ("o", object()),
            ("a", Shape::Array(Box::new(Shape::String))),
            ("ao", Shape::Array(Box::new(object()))),
            ("h", Shape::Object { members: Box::new(h), rest: None }),
        ];
        let members = members.map(|(name, shape)| (name.to_owned(), shape)).into_iter().collect();
        let h = Encoding {
            name: "h".to_owned(),
            style: Some(Style::DeepObject),
            explode: Some(true),
            content_type: Some("application/xml".to_owned()),
            ..Encoding::default()
        };
        Media {
            shape: Shape::Object { members: Box::new(members), rest: None },
            encoding: vec![h],
            ..Media::default()
        }
    }

    fn form(text: &str) -> Result<String, Refusal> {
        read(&CONTRACT, &media(), &Pairs::form(text)?).map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn defaults_by_type() {
        let text = "n=1&o=%7B%22k%22%3A1%7D&a=x&a=y+z&ao=%7B%7D&h%5BR%5D=2&zz=1&zz=2";
        let expected = r#"{"n":1,"o":{"k":1},"a":["x","y z"],"ao":[{}],"h":{"R":2},"zz":["1","2"]}"#;
        assert_eq!(form(text).unwrap(), expected);
        assert_eq!(form("").unwrap(), "{}");
    }

    #[cfg(any(feature = "server", feature = "client"))]
    #[test]
    fn nothing_is_coded_in_multipart() {
        let list =
            |name: &str, style| Encoding { name: name.to_owned(), style: Some(style), ..Encoding::default() };
        let members = ["s", "p"].map(|name| (name.to_owned(), Shape::Array(Box::new(Shape::String))));
        let media = Media {
            shape: Shape::Object { members: Box::new(members.into_iter().collect()), rest: None },
            encoding: vec![list("s", Style::SpaceDelimited), list("p", Style::PipeDelimited)],
            ..Media::default()
        };
        let parts = [("s", "a b%20c+d"), ("p", "a|b%7Cc")]
            .map(|(name, text)| (name.to_owned(), text.to_owned(), false));
        let read = read_parts(media.layout(), &Pairs::parts(parts)).unwrap();
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
