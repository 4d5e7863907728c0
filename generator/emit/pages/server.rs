//! `server.rs`: the trait to implement, or one for each tag, and what stands between them and the router. Who receives
//! webhooks or callbacks has one, too.

mod composition;
mod imports;
mod traits;

use std::fmt::Write;
use std::sync::Arc;

use askama::Template;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Page, Split, Words, depth, file, fill, folder, root_imports, sorted, text};
use crate::{
    emit::tokens::endpoint::Operation,
    ir::{Access, Family, Ir},
    names::{EndpointNames, Ident, ModuleNames, Names, OperationNames, TraitNames},
    options::Traits,
};
use composition::Composition;
use traits::TraitView;

/// Context of `templates/server.rs.jinja`.
#[derive(Template)]
#[template(path = "server.rs.jinja", escape = "none")]
struct ServerPage<'a> {
    /// Where the operations are, if not on this page.
    modules: TokenStream,
    /// The trait that checks credentials, where it is one of its own.
    authenticate: TokenStream,
    traits: Vec<TraitView<'a>>,
    composition: Composition,
    /// The pages that have routes of their own; where there are none, all routes are here.
    parts: Vec<PartView<'a>>,
    /// What stands before the server that parts are added to.
    idle: TokenStream,
    /// The operations are on this page.
    whole: bool,
    operations: Operations<'a>,
}

/// A page with routes of its own.
struct PartView<'a> {
    /// The feature that it is behind.
    gate: TokenStream,
    module: &'a Ident,
}

/// Context of `templates/server_part.rs.jinja`.
#[derive(Template)]
#[template(path = "server_part.rs.jinja", escape = "none")]
struct PartPage<'a> {
    /// The parts of `server` that `routes` has, too; none where all routes are on the main page.
    composition: Option<Composition>,
    operations: Operations<'a>,
}

/// What all pages of a family have in common.
struct Frame<'a> {
    ir: &'a Ir,
    family: Family,
    own: &'a EndpointNames,
    split: Option<&'a Split<'a>>,
    all: Vec<Operation<'a>>,
    /// The trait that each operation is in.
    groups: Vec<Option<&'a TraitNames>>,
}

/// The operations of a page, each looked at when its turn comes.
struct Operations<'a> {
    frame: &'a Frame<'a>,
    list: Vec<usize>,
    words: Words,
}

/// Where an operation is served.
struct RouteView<'a> {
    /// The member of `Paths` that says where it is served.
    mount: Option<&'a Ident>,
    line: Literal,
    /// The expression that handles a call.
    handle: TokenStream,
}

/// One operation on the page.
struct OperationView<'a> {
    /// That of its functions, which the page of the routes may have to see.
    visibility: TokenStream,
    request_docs: TokenStream,
    request: &'a Ident,
    response: &'a Ident,
    /// `<P>` where the request knows who calls.
    generics: TokenStream,
    /// What `read` is given beside the call.
    principal: TokenStream,
    fields: String,
    body: String,
    read: String,
    outcomes: String,
    arms: TokenStream,
}

/// The page of a family, and its parts where it is split.
pub(super) fn pages<'a>(
    ir: &'a Ir,
    names: &'a Names,
    family: Family,
    split: Option<&Arc<Split<'a>>>,
) -> Vec<Page<'a>> {
    let shared = split.cloned();
    let main = move |out: &mut dyn Write| {
        let frame = Frame::new(ir, names, family, shared.as_deref());
        let page = ServerPage::new(&frame);
        fill(&page, out)?;
        let secured = page.traits.iter().any(|one| one.secured);
        Ok(match frame.split {
            None => imports::whole(&page.operations.words, secured, family),
            Some(split) => imports::frame(split, &frame, secured),
        })
    };
    let mut pages = Vec::from([text(file(family, "server", split.is_some()), main)]);
    for module in split.iter().flat_map(|split| split.modules) {
        let shared = split.cloned();
        let write = move |out: &mut dyn Write| {
            let frame = Frame::new(ir, names, family, shared.as_deref());
            let page = PartPage {
                composition: frame.has_parts().then(|| Composition::of_family(family, &[])),
                operations: Operations::new(&frame, module.operations.clone()),
            };
            fill(&page, out)?;
            Ok(imports::part(&page.operations.words, &frame))
        };
        pages.push(text(module.file(&format!("{}server", folder(family))), write));
    }
    pages
}

impl<'a> Frame<'a> {
    fn new(ir: &'a Ir, names: &'a Names, family: Family, split: Option<&'a Split<'a>>) -> Self {
        let own = names.family(family);
        let all: Vec<_> = Operation::all(ir, names, family).collect();
        let mut groups = vec![None; all.len()];
        for group in &own.traits {
            for index in &group.operations {
                if let Some(slot) = groups.get_mut(*index) {
                    *slot = Some(group);
                }
            }
        }
        Self { ir, family, own, split, all, groups }
    }

    fn is_per_tag(&self) -> bool {
        self.own.how == Traits::PerTag
    }

    /// Whether each page has its routes. With a trait for each tag all are on one page: they name all traits.
    fn has_parts(&self) -> bool {
        self.split.is_some() && !self.is_per_tag()
    }

    fn parts(&self) -> Vec<PartView<'a>> {
        let split = self.split.filter(|_| self.has_parts());
        let view = |split: &'a Split<'a>| {
            let part = |one: &'a ModuleNames| PartView { gate: split.gate(one), module: &one.module };
            split.modules.iter().map(part).collect()
        };
        split.map(view).unwrap_or_default()
    }

    /// What stands before what belongs to an operation, outside of its own page.
    fn gate(&self, index: usize) -> TokenStream {
        let gated = self.split.filter(|split| split.is_gated());
        gated.and_then(|split| Some(split.gate(split.module_of(index)?))).unwrap_or_default()
    }

    fn route(&self, operation: &Operation<'a>, group: &TraitNames) -> RouteView<'a> {
        let mount = self.own.mounts.iter().find(|(_, path)| *path == operation.endpoint.path);
        RouteView {
            mount: mount.map(|(name, _)| name),
            line: operation.line(),
            handle: handle(operation, group, self.is_per_tag()),
        }
    }
}

impl<'a> ServerPage<'a> {
    fn new(frame: &'a Frame<'a>) -> Self {
        let per_tag = frame.is_per_tag();
        let traits: Vec<_> = frame.own.traits.iter().map(|group| TraitView::new(group, frame)).collect();
        let secured = traits.iter().any(|one| one.secured);
        Self {
            modules: frame.split.map(|split| split.all(|_| true)).unwrap_or_default(),
            authenticate: traits::authenticate(per_tag && secured),
            composition: match per_tag {
                true => Composition::of(&traits, secured),
                false => Composition::of_family(frame.family, &frame.own.mounts),
            },
            traits,
            parts: frame.parts(),
            idle: frame.split.map(|split| split.idle("unused_mut")).unwrap_or_default(),
            whole: frame.split.is_none(),
            operations: Operations::new(frame, (0..frame.all.len()).collect()),
        }
    }
}

impl<'a> Operations<'a> {
    fn new(frame: &'a Frame<'a>, list: Vec<usize>) -> Self {
        Self { frame, list, words: Words::default() }
    }

    fn count(&self) -> Literal {
        Literal::usize_unsuffixed(self.list.len())
    }

    fn routes(&self) -> impl Iterator<Item = RouteView<'a>> {
        let Frame { all, groups, .. } = self.frame;
        let own = self.list.iter().filter_map(|index| Some((all.get(*index)?, (*groups.get(*index)?)?)));
        own.map(|(operation, group)| self.frame.route(operation, group))
    }

    fn views(&self) -> impl Iterator<Item = OperationView<'a>> {
        let visible = self.frame.split.is_some();
        let own = self.list.iter().filter_map(|index| self.frame.all.get(*index));
        own.map(move |operation| OperationView::new(*operation, visible, &self.words))
    }
}

impl<'a> OperationView<'a> {
    fn new(operation: Operation<'a>, visible: bool, words: &Words) -> Self {
        let access = operation.endpoint.access;
        let public = access == Access::Public;
        if operation.checks_anything() {
            words.add("check");
        }
        Self {
            visibility: if visible { quote!(pub(super)) } else { TokenStream::new() },
            request_docs: operation.request_docs(),
            request: &operation.own.request,
            response: &operation.own.response,
            generics: if public { TokenStream::new() } else { quote!(<P>) },
            principal: match access {
                Access::Public => TokenStream::new(),
                Access::Required => quote!(principal: P),
                Access::Optional => quote!(principal: Option<P>),
            },
            fields: words.text(operation.request_fields()),
            body: words.text(operation.request_body_enum()),
            read: words.text(operation.request_read()),
            outcomes: words.text(operation.response_enum()),
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
