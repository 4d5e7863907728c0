//! What the store says no with.

/// Why the store did not do what it was asked to do.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No such product.
    #[error("there is no product {0}")]
    NoProduct(String),
    /// No such order, or one of somebody else.
    #[error("there is no order {0}")]
    NoOrder(String),
    /// An order asks for more than there is.
    #[error("only {left} of {sku} left")]
    OutOfStock {
        /// The product.
        sku: String,
        /// What is left of it.
        left: i64,
    },
    /// An idempotency key came back with another order.
    #[error("the idempotency key was used for another order")]
    KeyReused,
    /// The order's status does not allow it.
    #[error("an order that is {status} cannot be {verb}")]
    WrongStatus {
        /// The status it has.
        status: &'static str,
        /// What was asked for.
        verb: &'static str,
    },
    /// Customers may only cancel.
    #[error("only staff may set this status")]
    StaffOnly,
    /// A cursor that this store did not make for this listing.
    #[error("the cursor does not belong to this listing")]
    BadCursor,
    /// SQLite failed.
    #[error("the database failed")]
    Database(#[from] rusqlite::Error),
    /// A document in the database is not what was written.
    #[error("a stored document is broken")]
    Document(#[from] serde_json::Error),
    /// The thread that did the work is gone.
    #[error("the work was abandoned")]
    Abandoned(#[from] tokio::task::JoinError),
}

/// A result of the store.
pub type Result<T> = std::result::Result<T, StoreError>;
