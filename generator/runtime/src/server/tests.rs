//! A hand-written API driven through `oneshot`: what generated code does, without the generator.

mod bodies;
mod errors;
mod fixture;
mod parameters;
mod replies;
mod routing;
mod security;
