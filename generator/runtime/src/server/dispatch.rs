//! From a request to its operation and back.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::future::poll_fn;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::Poll;
use std::time::Instant;

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use http::{HeaderValue, Method, StatusCode, header};

use super::Response;
use super::call::{Call, Choice, Faults, Incoming, Room, Served};
use super::context::Context;
use super::error::ApiError;
use super::handle::Answer;
use super::render;
use super::settings::Settings;
use super::table::Table;
use super::template::{Template, in_raw, normal_path};
use crate::operation::{Operation, Status};
use crate::schema::Contract;

/// What a handler of generated code is; see [`Call::handle`].
pub type Handler<A> = for<'c> fn(&'c A, &'c mut Call) -> Answer<'c>;

/// A path to register with axum, and the path of the table that it means if it means just one that has no rival.
pub(super) type Hinted = (String, Option<usize>);

/// Everything that all requests share.
pub(super) struct Dispatch<A> {
    api: A,
    contract: &'static Contract,
    settings: Arc<Settings>,
    table: Table,
    entries: Vec<Entry<A>>,
}

/// One operation.
struct Entry<A> {
    operation: &'static Operation,
    handle: Handler<A>,
    served: Arc<Served>,
    /// Media types of successful responses; empty where any `Accept` will do.
    offers: Vec<&'static str>,
}

impl<A: Send + Sync + 'static> Dispatch<A> {
    /// Also returns the routes to register with axum.
    pub(super) fn new(
        api: A,
        contract: &'static Contract,
        settings: Settings,
        routes: Vec<(&'static Operation, Option<String>, Handler<A>)>,
    ) -> (Self, Vec<Hinted>) {
        let settings = Arc::new(settings);
        let (mut table, mut entries, mut templates) = (Table::default(), Vec::new(), Vec::new());
        for (operation, path, handle) in routes {
            let template = Template::parse(path.as_deref().unwrap_or(&operation.path));
            let (settings, body_limit) = (settings.clone(), settings.limit_for(&operation.id));
            table.insert(&template, &operation.method, entries.len());
            let variables = template.variables.clone();
            templates.push(template);
            let served = Served { settings, variables, body_limit, room: Room::default() };
            let served = Arc::new(served);
            entries.push(Entry { operation, handle, served, offers: offers(operation) });
        }
        let paths = paths(&table, &templates);
        (Self { api, contract, settings, table, entries }, paths)
    }

    /// Answers a request, whatever happens; `hint` is that of [`Hinted`]. All that need not wait is done at once, so that
    /// the future holds little more than where the call is.
    pub(super) fn serve(
        self: Arc<Self>,
        hint: Option<usize>,
        request: Request,
    ) -> impl Future<Output = Result<Response, Infallible>> + Send {
        let started = Instant::now();
        let (parts, body) = request.into_parts();
        let target = self.target(hint, &parts);
        let entry = |target: &Target| target.route().and_then(|route| self.entries.get(route));
        let operation = target.as_ref().ok().and_then(entry).map(|entry| entry.operation);
        let context = Context::new(parts, started, operation);
        let work = target.and_then(|target| match target {
            Target::Operation(route, captures) => self.call(route, captures, context.clone(), body),
            Target::Options(allow) => Ok(Work::Done(options(&allow))),
        });
        async move {
            let result = match work {
                Ok(Work::Call(handle, mut call)) => guarded(handle(&self.api, &mut call)).await,
                Ok(Work::Done(response)) => Ok(response),
                Err(error) => Err(error),
            };
            let mut response =
                result.unwrap_or_else(|error| render::problem(error, self.settings.error_shape, &context));
            if *context.method() == Method::HEAD {
                response = without_body(response);
            }
            render::identify(&mut response, &context);
            if let Some(lifecycle) =
                operation.and_then(|operation| self.settings.lifecycles.get(&operation.id))
            {
                lifecycle.insert(response.headers_mut());
            }
            Ok(response)
        }
    }

    fn target(&self, hint: Option<usize>, parts: &http::request::Parts) -> Result<Target, ApiError> {
        let raw = parts.uri.path();
        let path = normal_path(raw).ok_or_else(|| {
            ApiError::malformed("MALFORMED_PATH", "the path is not correctly percent-encoded UTF-8")
        })?;
        let found = self.table.find(hint, &path, parts.uri.query()).ok_or_else(render::route_not_found)?;
        let direct = found.route(parts.method.as_str());
        let route = if parts.method == Method::HEAD { direct.or_else(|| found.route("GET")) } else { direct };
        let Some(route) = route else {
            let allow = found.methods();
            return match parts.method {
                Method::OPTIONS => Ok(Target::Options(allow)),
                _ => Err(render::method_not_allowed(&allow)),
            };
        };
        let mut ranges = found.captures;
        if let std::borrow::Cow::Owned(_) = path {
            ranges.iter_mut().for_each(|range| *range = in_raw(raw, range));
        }
        Ok(Target::Operation(route, ranges))
    }

    /// The call of an operation, unless nothing that it answers with is acceptable.
    fn call(
        &self,
        route: usize,
        captures: Vec<Range<usize>>,
        context: Context,
        body: Body,
    ) -> Result<Work<A>, ApiError> {
        let entry = self.entries.get(route).ok_or_else(render::route_not_found)?;
        let acceptable = entry.offers.first().is_none_or(|first| {
            context.plainly_accepts(first)
                || context.accept().preferred(entry.offers.iter().copied()).is_some()
        });
        if !acceptable {
            return Err(render::not_acceptable(&entry.offers));
        }
        let call = Call {
            context,
            contract: self.contract,
            operation: entry.operation,
            served: entry.served.clone(),
            captures,
            query: None,
            cookies: None,
            room: Vec::new(),
            body: Incoming::new(body),
            whole: None,
            media: Choice::default(),
            faults: Faults::default(),
        };
        Ok(Work::Call(entry.handle, Box::new(call)))
    }
}

/// What a request asks for.
enum Target {
    /// An operation, and what the variables of its path match.
    Operation(usize, Vec<Range<usize>>),
    /// The methods of a path.
    Options(String),
}

impl Target {
    fn route(&self) -> Option<usize> {
        match self {
            Self::Operation(route, _) => Some(*route),
            Self::Options(_) => None,
        }
    }
}

/// What is left to be done.
enum Work<A> {
    Call(Handler<A>, Box<Call>),
    Done(Response),
}

/// What a handler answers; a panic is a failure, too. What it leaves behind in the call is dropped with that; the API is
/// shared and must cope, as with threads.
async fn guarded(mut answer: Answer<'_>) -> Result<Response, ApiError> {
    poll_fn(|context| {
        let polled = catch_unwind(AssertUnwindSafe(|| answer.as_mut().poll(context)));
        polled.unwrap_or_else(|payload| Poll::Ready(Err(render::panicked(payload.as_ref()))))
    })
    .await
}

/// What to register with axum for these templates. What axum reads as one may be several of the table.
fn paths(table: &Table, templates: &[Template]) -> Vec<Hinted> {
    let mut paths: BTreeMap<String, Option<usize>> = BTreeMap::new();
    for template in templates {
        let hint = table.alone(template);
        let known = paths.entry(template.axum_path()).or_insert(hint);
        *known = known.filter(|_| *known == hint);
    }
    paths.into_iter().collect()
}

/// What `Accept` is held against: the media types of the responses that are no errors. A success without a body, or
/// with any media type at all, is acceptable to everybody.
fn offers(operation: &'static Operation) -> Vec<&'static str> {
    let successes = || {
        operation.responses.iter().filter(|response| match response.status {
            Status::Code(status) => (200..400).contains(&status),
            Status::Range(class) => matches!(class, 2 | 3),
            Status::Default => false,
        })
    };
    if successes().any(|response| response.content.is_empty()) {
        return Vec::new();
    }
    successes().flat_map(|response| &response.content).map(|media| media.name.as_str()).collect()
}

/// The answer to `OPTIONS` where the contract declares none (RFC 9110 section 9.3.7).
#[cold]
fn options(allow: &str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    if let Ok(allow) = HeaderValue::from_str(allow) {
        response.headers_mut().insert(header::ALLOW, allow);
    }
    response
}

/// The answer to `HEAD`: the same head, with the length that the body would have had (RFC 9110 section 9.3.2).
#[cold]
fn without_body(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let length = body.size_hint().exact().filter(|length| *length > 0);
    if let Some(length) = length {
        parts.headers.entry(header::CONTENT_LENGTH).or_insert(HeaderValue::from(length));
    }
    Response::from_parts(parts, Body::empty())
}
