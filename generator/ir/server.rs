//! The servers that a contract declares.

/// A server with an absolute URL (OAS 3.1.2, Server Object).
#[derive(Clone, Debug)]
pub struct Server {
    /// The name it would like, in words.
    pub wish: String,
    /// URL template as written.
    pub url: String,
    /// Description.
    pub docs: String,
    /// Variables that the template has, in document order.
    pub variables: Vec<ServerVariable>,
}

/// A variable of a server's URL.
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// Its name in the template.
    pub wire: String,
    /// Description.
    pub docs: String,
    /// What is sent unless another value is chosen.
    pub default: String,
    /// Allowed values; empty = any.
    pub values: Vec<String>,
}
