//! [`Server`]: an API and its contract, turned into an ordinary [`axum::Router`].

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::routing::any_service;
use http::StatusCode;
use tower::{Service, service_fn};

use super::Response;
use super::dispatch::{Dispatch, Handler, Hinted};
use super::settings::{ErrorShape, ResponseChecks, Settings};
use crate::fields::Lifecycle;
use crate::schema::Contract;

/// One operation and the function that handles it.
pub struct Route<A> {
    operation: &'static str,
    /// Where it is served, if not at the path of its line.
    path: Option<String>,
    handle: Handler<A>,
}

impl<A> Route<A> {
    /// The operation is that of a name in the contract's table.
    pub fn new(operation: &'static str, handle: Handler<A>) -> Self {
        Self { operation, path: None, handle }
    }

    /// The same at a path of the server's own choice, as webhooks and callbacks are served.
    pub fn at(operation: &'static str, path: &str, handle: Handler<A>) -> Self {
        Self { operation, path: Some(path.to_owned()), handle }
    }
}

/// An API that follows a contract, not yet a router.
///
/// Requests are matched by the contract's own templates, so that affixes (`/{id}:run`), several variables in a segment
/// and fixed query parts work; towards axum it is a router like any other, to be layered, nested and merged.
#[must_use = "a server does nothing until it is turned into a router"]
pub struct Server<A> {
    api: A,
    contract: &'static Contract,
    routes: Vec<Route<A>>,
    settings: Settings,
}

impl<A: Send + Sync + 'static> Server<A> {
    /// Generated code calls this. An array lets the compiler know what the handlers are given.
    pub fn new<const N: usize>(api: A, contract: &'static Contract, routes: [Route<A>; N]) -> Self {
        Self::of(api, contract, routes.into())
    }

    /// Generated code calls this for each of its pages.
    pub fn add<const N: usize>(&mut self, routes: [Route<A>; N]) {
        self.routes.extend(routes);
    }

    pub(super) fn of(api: A, contract: &'static Contract, routes: Vec<Route<A>>) -> Self {
        Self { api, contract, routes, settings: Settings::default() }
    }

    /// The largest request body, in bytes; 2 MiB unless set.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.settings.body_limit = bytes;
        self
    }

    /// The largest request body of one operation, in bytes.
    pub fn body_limit_of(mut self, operation: &str, bytes: usize) -> Self {
        self.settings.body_limits.insert(operation.to_owned(), bytes);
        self
    }

    /// The largest part of a multipart body, in bytes; as the whole body unless set.
    pub fn part_limit(mut self, bytes: usize) -> Self {
        self.settings.part_limit = Some(bytes);
        self
    }

    /// The most parts of a multipart body; 128 unless set.
    pub fn max_parts(mut self, count: usize) -> Self {
        self.settings.max_parts = count;
        self
    }

    /// The status of requests that violate the contract; 422 unless set to another 4xx.
    pub fn validation_status(mut self, status: StatusCode) -> Self {
        if status.is_client_error() {
            self.settings.invalid_status = status;
        }
        self
    }

    /// Whether names in the query that the operation does not declare are refused; they are ignored unless set.
    pub fn strict_query(mut self, strict: bool) -> Self {
        self.settings.strict_query = strict;
        self
    }

    /// The shape of problem responses.
    pub fn error_shape(mut self, shape: ErrorShape) -> Self {
        self.settings.error_shape = shape;
        self
    }

    /// What is done about responses that violate the contract.
    pub fn validate_responses(mut self, checks: ResponseChecks) -> Self {
        self.settings.response_checks = checks;
        self
    }

    /// When an operation is or will be deprecated, and gone: all its responses say so (`Deprecation`, RFC 9745; `Sunset`, RFC
    /// 8594), unless the handler gave them these headers itself. `operation` is its `operationId`; one that is not served is
    /// told to the log.
    pub fn lifecycle(mut self, operation: &str, lifecycle: Lifecycle) -> Self {
        self.settings.lifecycles.insert(operation.to_owned(), lifecycle);
        self
    }

    /// A router that also answers for paths that the contract does not have.
    pub fn into_router(self) -> Router {
        let (dispatch, paths) = self.dispatch();
        routes(&dispatch, paths).fallback_service(service(dispatch, None))
    }

    /// A router without a fallback, to be merged with others.
    pub fn into_routes(self) -> Router {
        let (dispatch, paths) = self.dispatch();
        routes(&dispatch, paths)
    }

    fn dispatch(self) -> (Arc<Dispatch<A>>, Vec<Hinted>) {
        let mut routes = Vec::with_capacity(self.routes.len());
        for route in self.routes {
            match self.contract.operation(route.operation) {
                Some(operation) => routes.push((operation, route.path, route.handle)),
                None => tracing::error!(
                    operation = route.operation,
                    "the table of operations is broken; this operation is not served"
                ),
            }
        }
        for id in self.settings.lifecycles.keys() {
            if !routes.iter().any(|(operation, ..)| operation.id == *id) {
                tracing::error!(operation = %id, "no operation is called so; nobody is told of its lifecycle");
            }
        }
        let (dispatch, paths) = Dispatch::new(self.api, self.contract, self.settings, routes);
        (Arc::new(dispatch), paths)
    }
}

/// The dispatcher as axum calls it. A handler function would take the request apart, and box a future once more.
fn service<A: Send + Sync + 'static>(
    dispatch: Arc<Dispatch<A>>,
    hint: Option<usize>,
) -> impl Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + Sync {
    service_fn(move |request: Request| dispatch.clone().serve(hint, request))
}

/// Every path with every method: which ones are allowed is for the dispatcher to say.
fn routes<A: Send + Sync + 'static>(dispatch: &Arc<Dispatch<A>>, paths: Vec<Hinted>) -> Router {
    let route = |router: Router, (path, hint): Hinted| {
        router.route(&path, any_service(service(dispatch.clone(), hint)))
    };
    paths.into_iter().fold(Router::new(), route)
}
