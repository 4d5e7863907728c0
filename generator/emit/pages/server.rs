//! `server.rs`: the trait to implement, or one for each tag, and what stands between them and the router. Who receives
//! webhooks or callbacks has one, too.

mod composition;
mod traits;

use crate::names::Ident;
use askama::Template;
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::{Page, Split, depth, file, page, root_imports, sorted};
use crate::{
    emit::tokens::{
        docs,
        endpoint::{Operation, mentions},
    },
    ir::{Access, Family, Ir},
    names::{EndpointNames, Names, OperationNames, TagNames, TraitNames},
    options::Traits,
};
use composition::Composition;
use traits::TraitView;

/// Context of `templates/server.rs.jinja`.
#[derive(Template)]
#[template(path = "server.rs.jinja", escape = "none")]
struct ServerPage<'a> {
    imports: TokenStream,
    /// Where the operations are, if not on this page.
    modules: TokenStream,
    /// The trait that checks credentials, where it is one of its own.
    authenticate: TokenStream,
    traits: Vec<TraitView<'a>>,
    composition: Composition,
    routes: &'a [OperationView<'a>],
    /// The operations of this page.
    operations: &'a [OperationView<'a>],
}

/// Context of `templates/server_tag.rs.jinja`.
#[derive(Template)]
#[template(path = "server_tag.rs.jinja", escape = "none")]
struct TagPage<'a> {
    imports: TokenStream,
    operations: Vec<&'a OperationView<'a>>,
}

/// One operation on the page.
struct OperationView<'a> {
    /// That of its functions, which the page of the routes may have to see.
    visibility: TokenStream,
    /// The feature that it is behind.
    gate: TokenStream,
    request_docs: TokenStream,
    request: &'a Ident,
    response: &'a Ident,
    /// `<P>` where the request knows who calls.
    generics: TokenStream,
    /// What `read` is given beside the call.
    principal: TokenStream,
    /// The member of `Paths` that says where it is served.
    mount: Option<&'a Ident>,
    /// Whether its reads need the checks.
    checked: bool,
    index: Literal,
    /// The expression that handles a call.
    handle: TokenStream,
    fields: TokenStream,
    body: TokenStream,
    read: TokenStream,
    outcomes: TokenStream,
    arms: TokenStream,
}

/// The page of a family, and those of its tags where it is split.
pub(super) fn pages<'a>(
    ir: &'a Ir,
    names: &'a Names,
    family: Family,
    split: Option<&Split<'_>>,
) -> Vec<Page<'static>> {
    let all: Vec<_> = Operation::all(ir, names, family).collect();
    let own = names.family(family);
    let per_tag = own.how == Traits::PerTag;
    let gate = |index: usize| {
        let gate = split.and_then(|split| Some(split.gate(split.tag_of_operation(index)?)));
        gate.unwrap_or_default()
    };
    let about = traits::about(family);
    let traits: Vec<_> =
        own.traits.iter().map(|group| TraitView::new(group, &all, ir, per_tag, about, gate)).collect();
    let view = |(index, operation): (usize, &Operation<'a>)| {
        let group = own.traits.iter().find(|group| group.operations.contains(&index))?;
        let mount = own.mounts.iter().find(|(_, path)| *path == operation.endpoint.path);
        let mut view = OperationView::new(*operation, group, per_tag, mount.map(|(name, _)| name));
        if split.is_some() {
            (view.visibility, view.gate) = (quote!(pub(super)), gate(index));
        }
        Some(view)
    };
    let operations: Vec<_> = all.iter().enumerate().filter_map(view).collect();
    let main = ServerPage::new(&operations, traits, own, family, split);
    let mut pages = Vec::from([page(&file(family, "server", split), &main)]);
    for tag in split.iter().flat_map(|split| split.tags) {
        pages.push(page(&tag.file("server"), &TagPage::new(&operations, tag)));
    }
    pages
}

impl<'a> ServerPage<'a> {
    fn new(
        operations: &'a [OperationView<'a>],
        traits: Vec<TraitView<'a>>,
        own: &EndpointNames,
        family: Family,
        split: Option<&Split<'_>>,
    ) -> Self {
        let per_tag = own.how == Traits::PerTag;
        let secured = traits.iter().any(|one| one.secured);
        Self {
            imports: match split {
                None => imports(&operations.iter().collect::<Vec<_>>(), secured, family),
                Some(split) => frame_imports(split, secured),
            },
            modules: split.map(|split| split.modules(|_| true)).unwrap_or_default(),
            authenticate: traits::authenticate(per_tag && secured),
            composition: match (family, per_tag) {
                (Family::Paths, false) => Composition::one(),
                (Family::Paths, true) => Composition::of(&traits, secured),
                (Family::Webhooks | Family::Callbacks, _) => Composition::receiver(&own.mounts),
            },
            traits,
            routes: operations,
            operations: if split.is_none() { operations } else { &[] },
        }
    }
}

impl<'a> TagPage<'a> {
    fn new(all: &'a [OperationView<'a>], tag: &TagNames) -> Self {
        let operations: Vec<_> = tag.operations.iter().filter_map(|index| all.get(*index)).collect();
        Self { imports: tag_imports(&operations), operations }
    }
}

impl<'a> OperationView<'a> {
    fn new(operation: Operation<'a>, group: &'a TraitNames, per_tag: bool, mount: Option<&'a Ident>) -> Self {
        let access = operation.endpoint.access;
        let public = access == Access::Public;
        Self {
            visibility: TokenStream::new(),
            gate: TokenStream::new(),
            request_docs: docs(&format!("Request of {}.", operation.title())),
            request: &operation.own.request,
            response: &operation.own.response,
            generics: if public { TokenStream::new() } else { quote!(<P>) },
            principal: match access {
                Access::Public => TokenStream::new(),
                Access::Required => quote!(principal: P),
                Access::Optional => quote!(principal: Option<P>),
            },
            mount,
            checked: operation.checks_anything(),
            index: operation.index(),
            handle: handle(&operation, group, per_tag),
            fields: operation.request_fields(),
            body: operation.request_body_enum(),
            read: operation.request_read(),
            outcomes: operation.response_enum(),
            arms: operation.respond_arms(),
        }
    }
}

/// From a call to its answer, by the functions of the operation.
fn handle(operation: &Operation<'_>, group: &TraitNames, per_tag: bool) -> TokenStream {
    let OperationNames { request, response, method, .. } = operation.own;
    let TraitNames { ident, field, .. } = group;
    let (api, guard) = match per_tag {
        false => (quote!(#field), quote!((#field, #ident::authenticate))),
        true => (quote!(&apis.#field), quote!((&apis.authenticate, Authenticate::authenticate))),
    };
    let functions = quote!(#api, #request::read, #ident::#method, #response::respond);
    match operation.endpoint.access {
        Access::Public => quote!(call.handle(#functions)),
        Access::Required => quote!(call.handle_as(#guard, #functions)),
        Access::Optional => quote!(call.handle_perhaps_as(#guard, #functions)),
    }
}

/// What a whole page uses, and nothing else.
fn imports(operations: &[&OperationView<'_>], secured: bool, family: Family) -> TokenStream {
    let always = ["ApiError", "Call", "Context", "Invalid", "Response", "Route", "Server"];
    let credentials: &[&str] = if secured { &["AuthError", "Credentials"] } else { &[] };
    let runtime = runtime_imports(operations, &[&always, credentials]);
    let root = root_imports(depth(family), |word| word == "CONTRACT" || used(operations, word));
    quote! {
        use std::future::Future;
        #runtime
        #root
    }
}

/// What the page around the pages of tags uses. Without any of them, it has no operation to name anything for.
fn frame_imports(split: &Split<'_>, secured: bool) -> TokenStream {
    let gate = split.gate_of_any();
    let (credentials, always) = match secured {
        true => (quote!(AuthError, Credentials,), TokenStream::new()),
        false => (TokenStream::new(), gate.clone()),
    };
    quote! {
        #always
        use std::future::Future;
        use counterpart_runtime::server::{#credentials Server};
        #gate
        use counterpart_runtime::server::{ApiError, Route};
        use super::CONTRACT;
    }
}

/// What the page of a tag uses.
fn tag_imports(operations: &[&OperationView<'_>]) -> TokenStream {
    let runtime = runtime_imports(operations, &[&["ApiError", "Call", "Context", "Invalid", "Response"]]);
    let root = root_imports(1, |word| used(operations, word));
    quote! {
        #runtime
        #root
    }
}

fn runtime_imports(operations: &[&OperationView<'_>], always: &[&[&str]]) -> TokenStream {
    let status: &[&str] = if used(operations, "StatusCode") { &["StatusCode"] } else { &[] };
    let server = sorted(&[always, &[status]].concat());
    let streams =
        ["ByteStream", "EventStream", "JsonLines"].into_iter().filter(|name| used(operations, name));
    let streams = streams.map(|name| format_ident!("{name}"));
    let check = operations.iter().any(|operation| operation.checked).then(|| quote!(check,));
    quote!(use counterpart_runtime::{#(#streams,)* #check server::{#(#server),*}};)
}

fn used(operations: &[&OperationView<'_>], word: &str) -> bool {
    let in_operation = |operation: &&OperationView<'_>| {
        [&operation.fields, &operation.body, &operation.read, &operation.outcomes]
            .into_iter()
            .any(|tokens| mentions(tokens, word))
    };
    operations.iter().any(in_operation)
}
