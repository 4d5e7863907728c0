//! Names of everything that operations bring along. Each page has one namespace for types and one for methods;
//! collisions are settled in document order, so an operation keeps its name when others are added behind it.

mod input;
mod media;
mod modules;
mod shared;
mod traits;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::names::Ident;

use super::{case, scope::Scope};
use crate::{
    ir::{Endpoint, Family, Outcome, Status},
    options::{Options, Traits},
};

pub use input::{InputName, key as parameter_key};
pub use modules::{ModuleNames, RESERVED_MODULES};
pub use shared::{HeaderSetNames, header_sets};
pub use traits::TraitNames;

/// Types that the pages name themselves, or that the prelude brings.
const RESERVED_TYPES: &[&str] = &[
    "Api",
    "ApiError",
    "Apis",
    "AsRef",
    "AuthError",
    "Authenticate",
    "Box",
    "ByteStream",
    "Call",
    "Client",
    "ClientBuilder",
    "Clone",
    "ConfigError",
    "Context",
    "Copy",
    "Credentials",
    "Debug",
    "Default",
    "Drop",
    "Eq",
    "Err",
    "Error",
    "Event",
    "EventStream",
    "Failure",
    "Fn",
    "From",
    "FromResponse",
    "Future",
    "Into",
    "Integer",
    "Invalid",
    "Iterator",
    "Json",
    "JsonLines",
    "Map",
    "None",
    "Number",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "Principal",
    "Request",
    "Response",
    "Result",
    "Route",
    "Self",
    "Send",
    "Sending",
    "Server",
    "Some",
    "StatusCode",
    "String",
    "Sync",
    "ToString",
    "TryFrom",
    "TryInto",
    "Vec",
    "A",
    "P",
];

/// What the pages of webhooks and callbacks name besides.
const RESERVED_HOOK_TYPES: &[&str] = &["Paths", "Receiver", "Sender"];

/// Methods that the trait and the client have themselves.
const RESERVED_METHODS: &[&str] = &["authenticate", "builder", "clone", "new"];

/// The names of all operations, in the order of [`crate::ir::Ir::endpoints`].
#[derive(Debug, Default)]
pub struct EndpointNames {
    operations: Vec<OperationNames>,
    /// How many traits the server implements.
    pub how: Traits,
    /// The traits of the server.
    pub traits: Vec<TraitNames>,
    /// The modules that operations of paths can be split into by tag.
    pub tags: Vec<ModuleNames>,
    /// Those that operations are split into by letter otherwise; none where there are few.
    pub letters: Vec<ModuleNames>,
    /// Members of `Paths`, with the paths that they stand for unless others are chosen; only webhooks and callbacks
    /// have them.
    pub mounts: Vec<(Ident, String)>,
}

/// The names that one operation brings along.
#[derive(Debug)]
pub struct OperationNames {
    /// Method of the trait and of the client.
    pub method: Ident,
    /// It is numbered: the plain name belongs to another operation.
    pub numbered: bool,
    /// Request on the server, call on the client.
    pub request: Ident,
    /// Response on the server.
    pub response: Ident,
    /// Success on the client, where there are several.
    pub ok: Ident,
    /// Declared errors on the client.
    pub error: Ident,
    /// Request body, where there are several kinds.
    pub body: Ident,
    /// Required parameters on the client, where there are many.
    pub params: Ident,
    /// Parameters, in order.
    pub inputs: Vec<InputName>,
    /// Kinds of request body, in order.
    pub media: Vec<Ident>,
    /// Declared responses, in order.
    pub outcomes: Vec<OutcomeNames>,
}

/// The names that one declared response brings along.
#[derive(Debug)]
pub struct OutcomeNames {
    /// Variant of the response.
    pub variant: Ident,
    /// Its body, where there are several kinds.
    pub body: Ident,
    /// Kinds of body, in order.
    pub media: Vec<Ident>,
    /// Headers, in order.
    pub headers: Vec<Ident>,
}

impl EndpointNames {
    /// Names every operation of a family. Webhooks and callbacks have one trait, whatever is chosen for paths.
    pub fn new(family: Family, endpoints: &[Endpoint], options: &Options) -> Self {
        let (how, reserved) = match family {
            Family::Paths => (options.traits, [].as_slice()),
            Family::Webhooks | Family::Callbacks => (Traits::One, RESERVED_HOOK_TYPES),
        };
        let mut taken = Taken { reserved, ..Taken::default() };
        let operations: Vec<_> =
            endpoints.iter().map(|endpoint| taken.operation(endpoint, &options.names)).collect();
        let traits = match family {
            Family::Paths => traits::traits(endpoints, taken.types.iter().map(String::as_str), how),
            Family::Webhooks | Family::Callbacks => Vec::from([TraitNames::receiver(endpoints.len())]),
        };
        let tags = if family == Family::Paths { modules::tags(endpoints) } else { Vec::new() };
        let letters = modules::letters(&operations, &taken.types);
        Self { operations, how, traits, tags, letters, mounts: mounts(family, endpoints) }
    }

    /// The names in the order of the endpoints.
    pub fn iter(&self) -> impl Iterator<Item = &OperationNames> {
        self.operations.iter()
    }
}

/// What is in use already.
#[derive(Default)]
struct Taken {
    types: BTreeSet<String>,
    methods: BTreeSet<String>,
    /// Types that are not to be had besides [`RESERVED_TYPES`].
    reserved: &'static [&'static str],
}

impl Taken {
    fn operation(&mut self, endpoint: &Endpoint, chosen: &BTreeMap<String, String>) -> OperationNames {
        let wish = chosen.get(&endpoint.wish).unwrap_or(&endpoint.wish);
        let variants = variants(&endpoint.outcomes);
        let (method, base, numbered) = self.free(wish, &variants);
        let suffixed = |suffix: &str| ident(&format!("{base}{suffix}"));
        let outcomes = endpoint.outcomes.iter().zip(variants).map(|(outcome, variant)| OutcomeNames {
            body: suffixed(&format!("{variant}Body")),
            variant: ident(&variant),
            media: media::variants(&outcome.bodies),
            headers: input::headers(&outcome.headers),
        });
        OperationNames {
            method: ident(&method),
            numbered,
            response: suffixed("Response"),
            ok: suffixed("Ok"),
            error: suffixed("Error"),
            body: suffixed("Body"),
            params: suffixed("Params"),
            inputs: input::parameters(endpoint, chosen),
            media: endpoint.body.as_ref().map_or_else(Vec::new, |body| media::variants(&body.variants)),
            outcomes: outcomes.collect(),
            request: ident(&base),
        }
    }

    /// The first spelling of a wish whose types and method are all free, `list_orders` and `ListOrders`, and whether it
    /// has a number.
    fn free(&mut self, wish: &str, variants: &[String]) -> (String, String, bool) {
        let mut method = snake(wish);
        let mut base = pascal(wish);
        let mut reserved = RESERVED_TYPES.iter().chain(self.reserved);
        if reserved.any(|name| *name == base) || RESERVED_METHODS.contains(&method.as_str()) {
            method.push_str("_operation");
            base.push_str("Operation");
        }
        let mut spelling = (method.clone(), base.clone());
        let mut number = 1;
        loop {
            let types = types(&spelling.1, variants);
            if !self.methods.contains(&spelling.0) && types.iter().all(|name| !self.types.contains(name)) {
                self.methods.insert(spelling.0.clone());
                self.types.extend(types);
                return (spelling.0, spelling.1, number > 1);
            }
            number += 1;
            spelling = (format!("{method}_{number}"), format!("{base}{number}"));
        }
    }
}

/// A member for each path at which something is received: `/createOrder/onStatus` is `create_order_on_status`.
fn mounts(family: Family, endpoints: &[Endpoint]) -> Vec<(Ident, String)> {
    if family == Family::Paths {
        return Vec::new();
    }
    let mut scope = Scope::default();
    let mut mounts: Vec<(Ident, String)> = Vec::new();
    for endpoint in endpoints {
        if !mounts.iter().any(|(_, path)| *path == endpoint.path) {
            let (ident, _) = scope.take(&case::snake(&endpoint.path));
            mounts.push((ident, endpoint.path.clone()));
        }
    }
    mounts
}

fn snake(text: &str) -> String {
    bare(&case::snake(text))
}

fn pascal(text: &str) -> String {
    bare(&case::pascal(text))
}

fn ident(word: &str) -> Ident {
    case::ident(word, "unnamed")
}

/// The word without `r#`, to build other words of.
fn bare(ident: &Ident) -> String {
    ident.bare().to_owned()
}

/// Every type name that may be made of a base name.
fn types(base: &str, variants: &[String]) -> Vec<String> {
    let fixed =
        ["", "Response", "Ok", "Error", "Body", "Params"].iter().map(|suffix| format!("{base}{suffix}"));
    fixed.chain(variants.iter().map(|variant| format!("{base}{variant}Body"))).collect()
}

/// One variant for each response. Statuses are distinct, so their names are too.
fn variants(outcomes: &[Outcome]) -> Vec<String> {
    let named = |outcome: &Outcome| pascal(&outcome.status.words());
    let names: Vec<String> = outcomes.iter().map(named).collect();
    let errors = names.iter().filter(|name| name.ends_with("Error")).count();
    let rename = |(outcome, name): (&Outcome, String)| match outcome.status {
        // Three variants that all end alike read badly; the status says the same.
        Status::Code(code) if errors > 2 && name.ends_with("Error") => format!("Status{code}"),
        _ => name,
    };
    outcomes.iter().zip(names).map(rename).collect()
}
