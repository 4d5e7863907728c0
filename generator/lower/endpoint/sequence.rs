//! Bodies whose items come one by one: JSON Lines, JSON sequences and event streams (OAS 3.2.0, Sequential Media Types).

use counterpart_runtime::{Json, Number};

use super::{Lowering, line::Line};
use crate::{
    contract::{Keywords, MediaType, SchemaId, Type},
    diagnostic::Code,
    ir::Usage,
};

impl<'a> Lowering<'a, '_> {
    /// The schema of each item.
    pub(super) fn item_schema(&self, media: &MediaType) -> Option<SchemaId> {
        media.item_schema.or_else(|| {
            let schema = media.schema?;
            match self.sequence(schema) {
                // Items are of several kinds.
                Some(whole) if !whole.prefix_items.is_empty() => None,
                Some(whole) => whole.items,
                None => Some(schema),
            }
        })
    }

    /// What the schema of the whole says beside what each item is, as a member of the entry.
    pub(super) fn whole_sequence(&mut self, media: &MediaType, usage: Usage, entry: &mut Line) {
        let Some(whole) = media.schema.and_then(|schema| self.sequence(schema)) else { return };
        let mut line = Line::new();
        line.count("minItems", whole.min_items.filter(|min| *min > 0)).count("maxItems", whole.max_items);
        line.flag("uniqueItems", whole.unique_items);
        if let Some(contains) = whole.contains {
            line.index("contains", self.types.root_of(contains, usage));
            line.count("minContains", whole.min_contains).count("maxContains", whole.max_contains);
        }
        let prefix = whole.prefix_items.iter().map(|id| self.types.root_of(*id, usage));
        line.list("prefix", prefix.map(|root| Json::Number(Number::from(root))).collect());
        // Items that `itemSchema` describes follow this schema as well.
        let rest = whole.items.filter(|_| !whole.prefix_items.is_empty() || media.item_schema.is_some());
        if let Some(rest) = rest {
            line.index("rest", self.types.root_of(rest, usage));
        }
        if !line.is_empty() {
            entry.json("sequence", line.finish());
        }
        if is_more(whole) {
            let message = format!(
                "`{}` is read item by item; of the whole only the number of items, `uniqueItems`, `contains` and `prefixItems` are applied",
                media.name
            );
            self.diagnostics
                .warning_once(Code::UNSUPPORTED, &message.clone(), media.at, message)
                .help("say it of each item, by `itemSchema`");
        }
    }

    /// The keywords of a schema of arrays, perhaps behind references.
    fn sequence(&self, schema: SchemaId) -> Option<&'a Keywords<'a>> {
        self.resolved(schema).filter(|whole| whole.types.as_deref() == Some(&[Type::Array]))
    }
}

/// Whether a schema says something of arrays that takes all of their items at once.
fn is_more(whole: &Keywords<'_>) -> bool {
    let unions = [&whole.all_of, &whole.any_of, &whole.one_of];
    unions.iter().any(|union| !union.is_empty())
        || whole.not.is_some()
        || whole.if_.is_some()
        || whole.unevaluated_items.is_some()
        || whole.dynamic_reference.is_some()
        || whole.constant.is_some()
        || whole.enumeration.is_some()
}
