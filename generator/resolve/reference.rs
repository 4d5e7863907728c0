//! Following `$ref`: to a place in the same resource, to a schema by its `$id`, or into another file.

use std::collections::BTreeMap;

use super::resources::{Place, Scope};
use super::{Resolver, uri};
use crate::contract::Version;
use crate::diagnostic::{Code, suggest::did_you_mean};
use crate::document::{Refusal, percent_decoded};
use crate::source::{FileId, Member, Node, Span, Value};

/// How many references may lead to one another before an object is reached.
const MAX_HOPS: usize = 64;

/// Objects of up to so many members are searched from the beginning.
const FEW: usize = 32;

/// An object at the end of its references.
#[derive(Clone, Copy, Debug)]
pub(super) struct Followed<'a> {
    /// The object.
    pub place: Place<'a>,
    /// The name below `components` by which it was referred to.
    pub component: Option<&'a str>,
    /// `description` beside the first `$ref`, which overrides the object's.
    pub description: Option<&'a str>,
    /// `summary` beside the first `$ref`.
    pub summary: Option<&'a str>,
}

/// The `$ref` of an object, if it is one.
pub(super) fn reference_of(node: Node<'_>) -> Option<(Member<'_>, &str)> {
    let member = node.member("$ref")?;
    Some((member, member.value.as_str()?))
}

/// Key and value of a member.
pub(super) fn whole(member: Member<'_>) -> Span {
    Span { end: member.value.span().end, ..member.name_span }
}

fn refusal(message: String) -> Refusal {
    Refusal { code: Code::UNRESOLVED_REFERENCE, message, help: None }
}

impl<'a> Resolver<'a> {
    /// What a reference means in a scope.
    pub(super) fn target(&mut self, scope: Scope, reference: &'a str) -> Result<Place<'a>, Refusal> {
        if let Some(done) = self.targets.get(&(scope, reference)) {
            return done.clone();
        }
        let found = self.find(scope, reference);
        self.targets.insert((scope, reference), found.clone());
        found
    }

    fn find(&mut self, scope: Scope, reference: &str) -> Result<Place<'a>, Refusal> {
        let before = uri::without_fragment(reference);
        let scope =
            if before.is_empty() { self.resources.home(scope) } else { self.resource(scope, before)? };
        let Some(resource) = self.resources.get(scope) else {
            return Err(refusal(format!("`{reference}` names nothing")));
        };
        let root = resource.root;
        let fragment = percent_decoded(uri::fragment(reference));
        if fragment.is_empty() {
            return Ok(Place { node: root, scope });
        }
        if fragment.starts_with('/') {
            return self.pointer(Place { node: root, scope }, &fragment, reference);
        }
        match resource.anchors.get(fragment.as_str()) {
            Some(place) => Ok(*place),
            None => Err(refusal(format!("no schema here has the anchor `{fragment}`"))),
        }
    }

    /// The resource that a reference without fragment names.
    fn resource(&mut self, scope: Scope, reference: &str) -> Result<Scope, Refusal> {
        let (file, base) = match self.resources.get(scope) {
            Some(resource) => (resource.file, resource.uri.as_str()),
            None => (self.entry, ""),
        };
        let absolute = uri::join(base, reference);
        if let Some(scope) = self.resources.by_uri(&absolute) {
            return Ok(scope);
        }
        let loaded = self
            .loader
            .load(file, reference, &absolute, self.sources, &mut self.diagnostics)
            .map_err(|mut refusal| {
                if refusal.code == Code::FILE && refusal.help.is_none() {
                    refusal.help = self.bare_name_help(reference);
                }
                refusal
            })?;
        let unreadable = || refusal(format!("`{reference}` could not be read as JSON or YAML"));
        self.file_place(loaded).map(|place| place.scope).ok_or_else(unreadable)
    }

    fn bare_name_help(&self, reference: &str) -> Option<String> {
        let schemas = self.sources.root(self.entry)?.get("components")?.get("schemas")?;
        schemas.get(reference).map(|_| format!("did you mean `#/components/schemas/{reference}`?"))
    }

    /// The root of a file, in the resource that begins there: the file's own, or that of its `$id`.
    pub(super) fn file_place(&mut self, file: FileId) -> Option<Place<'a>> {
        let source = self.sources.get(file)?;
        let root = source.root()?;
        let version = self.loader.version(file);
        let scope = self.resources.of_file(file, source, root, version, self.loader.url(file));
        let scope = self.resources.beginning_at(root).unwrap_or(scope);
        Some(Place { node: root, scope })
    }

    /// Walks a JSON pointer; schemas with `$id` on the way change the scope, references on the way are followed.
    fn pointer(&mut self, from: Place<'a>, pointer: &str, reference: &str) -> Result<Place<'a>, Refusal> {
        let mut place = from;
        for token in pointer.split('/').skip(1) {
            let name = token.replace("~1", "/").replace("~0", "~");
            let mut hops = 0;
            let node = loop {
                if let Some(node) = self.step(place.node, &name) {
                    break node;
                }
                hops += 1;
                match reference_of(place.node) {
                    Some((_, inner)) if hops < MAX_HOPS && self.hops < MAX_HOPS => {
                        self.hops += 1;
                        let target = self.target(place.scope, inner);
                        self.hops -= 1;
                        place = target?;
                    }
                    _ => return Err(no_such(place.node, &name, reference)),
                }
            };
            let scope = self.resources.beginning_at(node).unwrap_or(place.scope);
            place = Place { node, scope };
        }
        Ok(place)
    }

    /// Follows an object's `$ref`s to the object itself; what is wrong is reported.
    pub(super) fn follow(&mut self, place: Place<'a>, what: &str) -> Option<Followed<'a>> {
        let mut followed = Followed { place, component: None, description: None, summary: None };
        for hop in 0..MAX_HOPS {
            let Some((member, reference)) = reference_of(followed.place.node) else {
                return Some(followed);
            };
            let here = followed.place;
            self.check_siblings(here, what);
            if hop == 0 && self.version(here) != Version::V3_0 {
                followed.description = here.node.get("description").and_then(Node::as_str);
                followed.summary = here.node.get("summary").and_then(Node::as_str);
            }
            followed.component = followed.component.or_else(|| component_name(reference));
            followed.place = self.resolve(here.scope, member, reference)?;
            self.referred.insert(followed.place.node.id());
        }
        let at = reference_of(place.node).map_or(place.node.span(), |(member, _)| whole(member));
        let message = format!("this reference to {what} leads round in a circle");
        self.diagnostics
            .error(Code::CIRCULAR_REFERENCE, at, message)
            .help("write out the object in one of the places");
        None
    }

    /// Like [`Resolver::follow`], to what nothing depends on: it is left out if it is not there.
    pub(super) fn follow_idle(&mut self, place: Place<'a>, what: &str) -> Option<Followed<'a>> {
        if let Some((member, reference)) = reference_of(place.node)
            && let Err(refusal) = self.target(place.scope, reference)
        {
            let message = format!("{}; {what} that is not there is left out", refusal.message);
            self.diagnostics.warning(refusal.code, whole(member), message);
            return None;
        }
        self.follow(place, what)
    }

    /// The target of a `$ref` member; an error is reported at it.
    pub(super) fn resolve(
        &mut self,
        scope: Scope,
        member: Member<'a>,
        reference: &'a str,
    ) -> Option<Place<'a>> {
        let Refusal { code, message, help } = match self.target(scope, reference) {
            Ok(place) => return Some(place),
            Err(refusal) => refusal,
        };
        if let Some(place) = self.spelled(scope, reference) {
            let message = format!("`{reference}` is percent-encoded; the name itself is spelled so");
            self.mended(whole(member), message);
            return Some(place);
        }
        let report = self.diagnostics.error(code, whole(member), message);
        if let Some(help) = help {
            report.help(help);
        }
        None
    }

    /// What a pointer means that was not encoded, though a name in it holds `%`: some generators write such references.
    fn spelled(&mut self, scope: Scope, reference: &str) -> Option<Place<'a>> {
        let pointer = reference.strip_prefix('#').filter(|pointer| pointer.contains('%'))?;
        let scope = self.resources.home(scope);
        let root = self.resources.get(scope)?.root;
        self.pointer(Place { node: root, scope }, pointer, reference).ok()
    }

    fn check_siblings(&mut self, place: Place<'a>, what: &str) {
        for member in place.node.members() {
            let name = member.name;
            if !matches!(name, "$ref" | "summary" | "description") && !name.starts_with("x-") {
                let message = format!("`{name}` beside `$ref` is ignored in a reference to {what}");
                self.diagnostics
                    .warning_once(Code::IGNORED_REFERENCE_SIBLING, name, member.name_span, message)
                    .help("move it to the target, or copy the target here");
            }
        }
    }

    /// From a value to one inside of it.
    fn step(&mut self, node: Node<'a>, name: &str) -> Option<Node<'a>> {
        match node.value() {
            Value::Array(mut items) => items.nth(name.parse::<usize>().ok()?),
            Value::Object(members) if members.clone().nth(FEW).is_some() => {
                let by_name = self.large.entry(node.id()).or_insert_with(|| {
                    // Of members with one name the first counts.
                    let mut by_name = BTreeMap::new();
                    for member in members {
                        by_name.entry(member.name).or_insert(member.value);
                    }
                    by_name
                });
                by_name.get(name).copied()
            }
            _ => node.get(name),
        }
    }

    /// The version that a place's file is read as.
    pub(super) fn version(&self, place: Place<'a>) -> Version {
        self.loader.version(place.node.span().file)
    }
}

/// The name in `#/components/<kind>/<name>`, or in the same of another file.
fn component_name(reference: &str) -> Option<&str> {
    let mut tokens = uri::fragment(reference).strip_prefix("/components/")?.split('/');
    let (_, name, rest) = (tokens.next()?, tokens.next()?, tokens.next());
    rest.is_none().then_some(name)
}

fn no_such(node: Node<'_>, name: &str, reference: &str) -> Refusal {
    let help = did_you_mean(name, node.members().map(|member| member.name));
    Refusal { help, ..refusal(format!("`{reference}` names nothing: there is no `{name}`")) }
}
