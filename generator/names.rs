//! `Ir` → [`Names`]: a side table from ids to identifiers. Collisions are settled once, here, the same way every time:
//!
//! | who | identifier | on collision |
//! |---|---|---|
//! | override in the configuration | as given | – |
//! | component schema | `PascalCase` of its key | a key that is its identifier wins, then the smaller key; others are numbered |
//! | a component as requests have it, without `readOnly` members | the same with `Request`, unless it ends so | numbered |
//! | as responses have it, without `writeOnly` members | the same; with `Response` where requests have all of it | numbered |
//! | as multipart bodies have it, with files | the same; with `Form` beside others | numbered |
//! | inline schema | `PascalCase` of parent and place, whatever others there are | numbered, in the order of their wishes |
//! | values that several inline enumerations share | the values: `AscOrDesc`, `ConstList` | numbered |
//! | field | `snake_case` of the member | a member that is its identifier wins, then document order |
//! | variant of an enumeration | `PascalCase` of the value | likewise |
//! | variant of a union | the component, constant, title or JSON type of the branch, else what tells it apart: `IntegerArray`, `WithMagnet` | likewise |
//!
//! What was numbered is reported, with the line for `[names]` in the configuration that names it otherwise. Keys there
//! are those of components, the places of inline schemas (`Pet.owner`), either with a member (`Pet::kind`), operations, and
//! these with a parameter: `getPet::id`.

pub mod case;
mod chosen;
mod endpoint;
mod ident;
mod letters;
mod member;
mod roots;
pub mod scope;
mod server;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

pub use self::endpoint::{
    EndpointNames, HeaderSetNames, InputName, ModuleNames, OperationNames, OutcomeNames, TraitNames,
};
pub use self::ident::Ident;
pub use self::roots::{head_lines, of_operation};
pub use self::server::{ServerNames, VariableNames};

use self::{member::Owner, scope::Scope};
use crate::{
    diagnostic::{Code, Diagnostics},
    ir::{Family, Ir, Rest, TypeDef, TypeId, TypeKind, Usage, Wish},
    options::Options,
    source::Sources,
};

/// The identifiers of everything that has one.
#[derive(Debug, Default)]
pub struct Names {
    types: Vec<Ident>,
    /// The same as text, to be looked up.
    taken: BTreeSet<String>,
    members: Vec<Vec<Ident>>,
    rests: BTreeMap<TypeId, Ident>,
    /// The identifiers that operations bring along, by [`Family`].
    families: [EndpointNames; Family::ALL.len()],
    /// Lists of headers, in the order of [`Ir::header_sets`].
    pub header_sets: Vec<HeaderSetNames>,
    /// Servers, in the order of [`Ir::servers`].
    pub servers: Vec<ServerNames>,
}

impl Names {
    /// The identifier of a named type.
    pub fn of_type(&self, id: TypeId) -> Ident {
        self.types.get(id.0 as usize).cloned().unwrap_or_else(|| case::ident("", "Unnamed"))
    }

    /// The identifiers of a struct's fields or an enum's variants, in order.
    pub fn of_members(&self, id: TypeId) -> &[Ident] {
        self.members.get(id.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// The field that keeps a struct's other members.
    pub fn of_rest(&self, id: TypeId) -> Option<&Ident> {
        self.rests.get(&id)
    }

    /// The identifiers that the operations of a family bring along.
    pub fn family(&self, family: Family) -> &EndpointNames {
        let [paths, webhooks, callbacks] = &self.families;
        match family {
            Family::Paths => paths,
            Family::Webhooks => webhooks,
            Family::Callbacks => callbacks,
        }
    }

    /// Modules for so many types that one would be long, beside others: the types of each.
    pub fn modules_of_types(
        &self,
        ids: &[TypeId],
        crowd: usize,
        beside: &[ModuleNames],
    ) -> BTreeMap<Ident, Vec<TypeId>> {
        let names: Vec<String> = ids.iter().map(|id| bare(&case::snake(self.of_type(*id).bare()))).collect();
        let is_taken =
            |name: &str| self.shadows(name) || beside.iter().any(|other| other.module.bare() == name);
        let own = |places: Vec<usize>| places.iter().filter_map(|place| ids.get(*place)).copied().collect();
        let modules = letters::by_letter(&names, crowd, is_taken);
        modules.into_iter().map(|(module, places)| (module, own(places))).collect()
    }

    /// Whether some generated type has this name, so that the prelude's cannot be meant.
    pub fn shadows(&self, name: &str) -> bool {
        self.taken.contains(name)
    }
}

/// Names all types and their members.
pub fn assign(ir: &Ir, options: &Options, sources: &Sources, diagnostics: &mut Diagnostics) -> Names {
    let types = types(ir, options, diagnostics);
    let mut names = Names {
        taken: types.iter().map(bare).collect(),
        types,
        families: Family::ALL.map(|family| EndpointNames::new(family, ir.family(family), options)),
        header_sets: endpoint::header_sets(&ir.header_sets),
        servers: server::servers(&ir.servers),
        ..Names::default()
    };
    report_operations(ir, &names, diagnostics);
    chosen::report(ir, options, sources, diagnostics);
    for (index, def) in ir.types.iter().enumerate() {
        let id = TypeId(u32::try_from(index).unwrap_or(u32::MAX));
        let mut owner = Owner { def, chosen: &options.names, diagnostics };
        let mut scope = Scope::default();
        let members = owner.members(&mut scope);
        if matches!(def.kind, TypeKind::Struct { rest: Rest::Keep(_), .. }) {
            names.rests.insert(id, rest_name(&scope));
        }
        names.members.push(members);
    }
    names
}

/// Operations and parameters that had to be numbered. Operations that have one name in the contract too are a finding of
/// their own.
fn report_operations(ir: &Ir, names: &Names, diagnostics: &mut Diagnostics) {
    for family in Family::ALL {
        let all = ir.family(family);
        let alone = |wish: &str| all.iter().filter(|endpoint| endpoint.wish == wish).count() == 1;
        for (endpoint, own) in all.iter().zip(names.family(family).iter()) {
            if own.numbered && alone(&endpoint.wish) {
                let message =
                    format!("`{}` and another operation would bring along the same names", endpoint.wish);
                diagnostics
                    .warning(Code::NAME_COLLISION, endpoint.at, message)
                    .help(another(&own.method, &endpoint.wish));
            }
            for (input, name) in endpoint.parameters.iter().zip(&own.inputs).filter(|(_, name)| name.numbered)
            {
                let message =
                    format!("`{}` and another parameter would have the same name in Rust", input.wire);
                let help = another(&name.field, &endpoint::parameter_key(endpoint, input));
                diagnostics.warning(Code::NAME_COLLISION, endpoint.at, message).help(help);
            }
        }
    }
}

fn rest_name(scope: &Scope) -> Ident {
    let wishes = ["additional", "additional_members", "additional_members_"];
    let free = wishes.iter().map(|wish| case::ident(wish, "additional")).find(|wish| scope.is_free(wish));
    free.unwrap_or_else(|| case::ident("additional_members__", "additional"))
}

/// How a name that was numbered can be chosen.
fn another(ident: &Ident, key: &str) -> String {
    format!("it is `{ident}` now; `{key:?} = \"…\"` below `[names]` in counterpart.toml sets another")
}

/// What a type wishes, its rank, and what settles ties.
struct Claim {
    rank: u8,
    key: String,
    wish: Ident,
    index: usize,
}

fn types(ir: &Ir, options: &Options, diagnostics: &mut Diagnostics) -> Vec<Ident> {
    let mut claims: Vec<Claim> = Vec::with_capacity(ir.types.len());
    let promoted = promoted(&ir.types);
    for (index, def) in ir.types.iter().enumerate() {
        claims.push(claim(index, def, promoted.contains(&index), options));
    }
    claims.sort_by(|left, right| {
        (left.rank, &left.key, left.index).cmp(&(right.rank, &right.key, right.index))
    });
    let mut scope = Scope::default();
    let mut idents: Vec<Option<Ident>> = vec![None; ir.types.len()];
    for claim in claims {
        let (ident, numbered) = scope.take(&claim.wish);
        if numbered && let Some(def) = ir.types.get(claim.index) {
            let message = format!("`{}` and another name are both `{}` in Rust", claim.key, claim.wish);
            diagnostics.warning(Code::NAME_COLLISION, def.at, message).help(another(&ident, &claim.key));
        }
        if let Some(slot) = idents.get_mut(claim.index) {
            *slot = Some(ident);
        }
    }
    idents.into_iter().map(|ident| ident.unwrap_or_else(|| case::ident("", "Unnamed"))).collect()
}

fn claim(index: usize, def: &TypeDef, promoted: bool, options: &Options) -> Claim {
    let key = def.wish.key();
    let suffix = match &def.wish {
        Wish::Shape(_, usage) if !promoted => suffix(*usage),
        _ => "",
    };
    if let Some(chosen) = options.names.get(&key) {
        let wish = case::ident(&format!("{chosen}{suffix}"), "Unnamed");
        return Claim { rank: 0, key, wish, index };
    }
    match &def.wish {
        Wish::Place(words) => return Claim { rank: 4, wish: case::joined(words), key, index },
        Wish::Values(_) => return Claim { rank: 5, wish: case::pascal(&key), key, index },
        Wish::Component(_) | Wish::Shape(..) => {}
    }
    let plain = bare(&case::pascal(&key));
    let rank = match (suffix.is_empty(), plain == key) {
        (true, true) => 1,
        (true, false) => 2,
        (false, _) => 3,
    };
    let wish = if suffix.is_empty() {
        case::pascal(&key)
    } else {
        case::ident(&format!("{plain}{suffix}"), "Unnamed")
    };
    Claim { rank, key, wish, index }
}

fn suffix(usage: Usage) -> &'static str {
    match usage {
        Usage::Whole => "",
        Usage::Request => "Request",
        Usage::Response => "Response",
        Usage::Multipart => "Form",
        Usage::MultipartResponse => "ResponseForm",
    }
}

fn bare(ident: &Ident) -> String {
    ident.bare().to_owned()
}

/// Shapes that get the component's plain name: there is no other, and it says itself what it is, or is that of a form,
/// of which there hardly ever is another. All others have a name that does not ask what else there is.
fn promoted(types: &[TypeDef]) -> BTreeSet<usize> {
    let mut best: BTreeMap<&str, (Usage, usize)> = BTreeMap::new();
    let order = |usage: Usage| match usage {
        Usage::Whole => 0,
        Usage::Response => 1,
        Usage::Request => 2,
        Usage::Multipart => 3,
        Usage::MultipartResponse => 4,
    };
    for (index, def) in types.iter().enumerate() {
        let (name, usage) = match &def.wish {
            Wish::Component(name) => (name.as_str(), Usage::Whole),
            Wish::Shape(name, usage) => (name.as_str(), *usage),
            Wish::Place(_) | Wish::Values(_) => continue,
        };
        let entry = best.entry(name).or_insert((usage, index));
        if order(usage) < order(entry.0) {
            *entry = (usage, index);
        }
    }
    let says =
        |name: &str, usage: Usage| name.to_ascii_lowercase().ends_with(&suffix(usage).to_ascii_lowercase());
    let plain = best.into_iter().filter(|(name, (usage, _))| match usage {
        Usage::Whole => false,
        Usage::Multipart | Usage::MultipartResponse => true,
        Usage::Request | Usage::Response => says(name, *usage),
    });
    plain.map(|(_, (_, index))| index).collect()
}
