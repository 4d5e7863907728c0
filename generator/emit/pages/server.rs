//! `server.rs`: the trait to implement, or one for each tag, and what stands between them and the router. Who receives
//! webhooks or callbacks has one, too.

mod composition;
mod traits;

use askama::Template;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::{root_imports, sorted};
use crate::{
    emit::tokens::{
        docs,
        endpoint::{Operation, mentions},
    },
    ir::{Access, Family, Ir},
    names::{EndpointNames, Names, TraitNames},
    options::Traits,
};
use composition::Composition;
use traits::TraitView;

/// Context of `templates/server.rs.jinja`.
#[derive(Template)]
#[template(path = "server.rs.jinja", escape = "none")]
pub(super) struct ServerPage<'a> {
    imports: TokenStream,
    /// The trait that checks credentials, where it is one of its own.
    authenticate: TokenStream,
    traits: Vec<TraitView<'a>>,
    composition: Composition,
    operations: Vec<OperationView<'a>>,
}

/// One operation on the page.
struct OperationView<'a> {
    request_docs: TokenStream,
    method: &'a Ident,
    handler: &'a Ident,
    request: &'a Ident,
    response: &'a Ident,
    /// `<P>` where the request knows who calls.
    generics: TokenStream,
    required: bool,
    optional: bool,
    /// The member of `Paths` that says where it is served.
    mount: Option<&'a Ident>,
    fallible: bool,
    index: Literal,
    /// Type parameters of the handler.
    bounds: TokenStream,
    /// Its parameters, before the call.
    parameters: TokenStream,
    /// What the route gives it.
    given: TokenStream,
    /// What checks credentials.
    guard: TokenStream,
    fields: TokenStream,
    body: TokenStream,
    reads: TokenStream,
    values: TokenStream,
    outcomes: TokenStream,
    arms: TokenStream,
}

impl<'a> ServerPage<'a> {
    pub(super) fn new(ir: &'a Ir, names: &'a Names, family: Family) -> Self {
        let all: Vec<_> = Operation::all(ir, names, family).collect();
        let EndpointNames { how, traits: groups, mounts, .. } = names.family(family);
        let per_tag = *how == Traits::PerTag;
        let traits: Vec<_> = groups
            .iter()
            .map(|group| TraitView::new(group, &all, ir, per_tag, traits::about(family)))
            .collect();
        let secured = traits.iter().any(|one| one.secured);
        let view = |(index, operation): (usize, Operation<'a>)| {
            let group = groups.iter().find(|group| group.operations.contains(&index))?;
            let mount =
                mounts.iter().find(|(_, path)| *path == operation.endpoint.path).map(|(name, _)| name);
            Some(OperationView::new(operation, group, per_tag, mount))
        };
        let operations: Vec<_> = all.iter().copied().enumerate().filter_map(view).collect();
        Self {
            imports: imports(&operations, secured, family),
            authenticate: traits::authenticate(per_tag && secured),
            composition: match (family, per_tag) {
                (Family::Paths, false) => Composition::one(),
                (Family::Paths, true) => Composition::of(&traits, secured),
                (Family::Webhooks | Family::Callbacks, _) => Composition::receiver(mounts),
            },
            traits,
            operations,
        }
    }
}

impl<'a> OperationView<'a> {
    fn new(operation: Operation<'a>, group: &'a TraitNames, per_tag: bool, mount: Option<&'a Ident>) -> Self {
        let access = operation.endpoint.access;
        let public = access == Access::Public;
        let TraitNames { ident, field, .. } = group;
        let (bounds, parameters, given, guard) = match (per_tag, public) {
            (false, _) => (quote!(A: #ident), quote!(api: &A), quote!(#field), quote!(api)),
            (true, true) => (quote!(A: #ident), quote!(api: &A), quote!(&apis.#field), TokenStream::new()),
            (true, false) => (
                quote!(A: #ident, G: Authenticate<Principal = A::Principal>),
                quote!(api: &A, guard: &G),
                quote!(&apis.#field, &apis.authenticate),
                quote!(guard),
            ),
        };
        Self {
            request_docs: docs(&format!("Request of {}.", operation.title())),
            method: &operation.own.method,
            handler: &operation.own.handler,
            request: &operation.own.request,
            response: &operation.own.response,
            generics: if public { TokenStream::new() } else { quote!(<P>) },
            required: access == Access::Required,
            optional: access == Access::Optional,
            mount,
            fallible: operation.reads_anything(),
            index: operation.index(),
            bounds,
            parameters,
            given,
            guard,
            fields: operation.request_fields(),
            body: operation.request_body_enum(),
            reads: operation.request_reads(),
            values: operation.request_values(),
            outcomes: operation.response_enum(),
            arms: operation.respond_arms(),
        }
    }
}

/// What the page uses, and nothing else.
fn imports(operations: &[OperationView<'_>], secured: bool, family: Family) -> TokenStream {
    let used = |word: &str| {
        let in_operation = |operation: &OperationView<'_>| {
            [&operation.fields, &operation.body, &operation.values, &operation.outcomes]
                .into_iter()
                .any(|tokens| mentions(tokens, word))
        };
        operations.iter().any(in_operation)
    };
    let always = ["ApiError", "Call", "Context", "Response", "Route", "Server"];
    let credentials: &[&str] = if secured { &["AuthError", "Credentials"] } else { &[] };
    let status: &[&str] = if used("StatusCode") { &["StatusCode"] } else { &[] };
    let server = sorted(&[&always, credentials, status]);
    let streams = ["ByteStream", "EventStream", "JsonLines"].into_iter().filter(|name| used(name));
    let streams = streams.map(|name| format_ident!("{name}"));
    let root = root_imports(family, used);
    quote! {
        use std::future::Future;
        use counterpart_runtime::{#(#streams,)* server::{#(#server),*}};
        #root
    }
}
