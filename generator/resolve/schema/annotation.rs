//! Keywords that describe, and OpenAPI's additions to schemas.

use super::super::Resolver;
use super::super::dialect::Draft;
use super::super::resources::Place;
use crate::contract::Keywords;
use crate::diagnostic::Code;
use crate::source::{Member, Node, NodeId, Value};

impl<'a> Resolver<'a> {
    /// Says whether the member is such a keyword.
    pub(super) fn annotation(
        &mut self,
        member: Member<'a>,
        value: Place<'a>,
        keywords: &mut Keywords<'a>,
    ) -> bool {
        match member.name {
            "title" => keywords.title = self.annotation_text(member),
            "description" => keywords.description = self.annotation_text(member),
            "format" => {
                keywords.format = self.annotation_text(member);
                if self.dialect(value.scope).asserts_formats() {
                    keywords.format_asserts = true;
                }
            }
            "contentEncoding" => keywords.content_encoding = self.annotation_text(member).map(str::to_owned),
            "contentMediaType" => {
                keywords.content_media_type = self.annotation_text(member).map(str::to_owned)
            }
            "default" => keywords.default = Some(value.node.id()),
            "example" => add_examples(keywords, [value.node.id()]),
            "examples" => self.schema_examples(member, keywords),
            "deprecated" => keywords.deprecated = self.annotation_flag(member),
            "readOnly" => keywords.read_only = self.annotation_flag(member),
            "writeOnly" => keywords.write_only = self.annotation_flag(member),
            "discriminator" => keywords.discriminator = self.discriminator(value),
            "nullable" => self.check_nullable(member, value),
            "xml" => keywords.xml = self.xml(value),
            "externalDocs" => {}
            name if name.starts_with("x-enum") || name == "x-extensible-enum" => {
                keywords.extensions.push((name.to_owned(), value.node.to_json()));
            }
            _ => return false,
        }
        true
    }

    fn annotation_text(&mut self, member: Member<'a>) -> Option<&'a str> {
        match member.value.value() {
            Value::String(text) => return Some(text),
            Value::Number(lexeme) => {
                self.mended(
                    member.value.span(),
                    format!("`{}` must be a string; quote this number", member.name),
                );
                return Some(lexeme);
            }
            _ => {}
        }
        let message =
            format!("`{}` must be a string, this is {}; it is left out", member.name, member.value.kind());
        self.mended(member.value.span(), message);
        None
    }

    fn annotation_flag(&mut self, member: Member<'_>) -> bool {
        let flag = member.value.as_bool();
        if flag.is_none() {
            let message = format!("`{}` must be true or false, this is {}", member.name, member.value.kind());
            self.mended(member.value.span(), message);
        }
        flag.unwrap_or_default()
    }

    fn schema_examples(&mut self, member: Member<'_>, keywords: &mut Keywords) {
        let Value::Array(items) = member.value.value() else {
            let message = format!("`examples` of a schema must be an array, this is {}", member.value.kind());
            self.mended(member.value.span(), message);
            return;
        };
        add_examples(keywords, items.map(Node::id));
    }

    /// `nullable` was removed in 3.1 (OAS 3.1.0); there it is an unknown keyword without effect.
    fn check_nullable(&mut self, member: Member<'_>, value: Place<'a>) {
        if self.dialect(value.scope).draft == Draft::OpenApi30 || member.value.as_bool() == Some(false) {
            return;
        }
        let message =
            "`nullable` means nothing since OpenAPI 3.1: null is refused here unless `type` allows it";
        self.diagnostics
            .warning_once(Code::NULLABLE, "", member.name_span, message)
            .help("write `type: [string, 'null']`, or `anyOf: [{$ref: …}, {type: 'null'}]`");
    }
}

/// Few schemas have any, and nearly all of those one.
fn add_examples(keywords: &mut Keywords<'_>, more: impl IntoIterator<Item = NodeId>) {
    keywords.examples = keywords.examples.iter().copied().chain(more).collect();
}
