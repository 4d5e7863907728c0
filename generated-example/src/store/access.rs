//! Who may come in.

use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::{Result, Store};

/// The API key of the demo customer.
pub const DEMO_CUSTOMER_KEY: &str = "demo-customer-key";
/// The bearer token of the demo member of staff.
pub const DEMO_STAFF_TOKEN: &str = "demo-staff-token";

/// A customer by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Customer(pub i64);

/// Through whose eyes orders are seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// A customer sees their own.
    Customer(Customer),
    /// Staff see all.
    Staff,
}

impl Viewer {
    /// The customer whose orders alone are visible, as a SQL parameter: null means everybody's.
    pub(super) fn customer_id(self) -> Option<i64> {
        match self {
            Self::Customer(Customer(id)) => Some(id),
            Self::Staff => None,
        }
    }
}

impl Store {
    /// The customer with this API key.
    pub async fn customer_by_key(&self, key: &str) -> Result<Option<Customer>> {
        let hash = hash(key);
        self.run(move |connection| {
            let mut statement = connection.prepare_cached("SELECT id FROM customers WHERE key_hash = ?1")?;
            Ok(statement.query_row([hash], |row| row.get(0).map(Customer)).optional()?)
        })
        .await
    }

    /// Whether a member of staff has this token.
    pub async fn is_staff(&self, token: &str) -> Result<bool> {
        let hash = hash(token);
        self.run(move |connection| {
            let mut statement = connection.prepare_cached("SELECT 1 FROM staff WHERE token_hash = ?1")?;
            Ok(statement.exists([hash])?)
        })
        .await
    }
}

/// Credentials are long and random, so a plain hash is enough to keep them useless to whoever reads the file.
fn hash(credential: &str) -> [u8; 32] {
    Sha256::digest(credential).into()
}

/// Lets the demo customer and the demo member of staff in.
pub(super) fn add_demo(connection: &Connection) -> Result<()> {
    connection.execute(
        "INSERT INTO customers (name, key_hash) VALUES ('Demo customer', ?1)",
        params![hash(DEMO_CUSTOMER_KEY)],
    )?;
    connection.execute(
        "INSERT INTO staff (name, token_hash) VALUES ('Demo staff', ?1)",
        [hash(DEMO_STAFF_TOKEN)],
    )?;
    Ok(())
}
