//! Orders: what they are, and everything that can be done to one.

mod change;
mod place;

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::{Result, Store, StoreError, Viewer};

pub use change::OrderChange;
pub use place::{Item, NewOrder};

/// Lets an enum with `ALL` and `as_str` into and out of the database as text.
macro_rules! sql_text {
    ($name:ty) => {
        impl rusqlite::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok(self.as_str().into())
            }
        }

        impl rusqlite::types::FromSql for $name {
            fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                let text = value.as_str()?;
                let found = Self::ALL.into_iter().find(|item| item.as_str() == text);
                found.ok_or(rusqlite::types::FromSqlError::InvalidType)
            }
        }
    };
}
pub(super) use sql_text;

/// How far an order has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Placed,
    Paid,
    Shipped,
    Delivered,
    Cancelled,
}

impl Status {
    const ALL: [Self; 5] = [Self::Placed, Self::Paid, Self::Shipped, Self::Delivered, Self::Cancelled];

    /// Its name in the database and in messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Placed => "placed",
            Self::Paid => "paid",
            Self::Shipped => "shipped",
            Self::Delivered => "delivered",
            Self::Cancelled => "cancelled",
        }
    }
}

sql_text!(Status);

/// An order.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// Its identifier.
    pub id: String,
    /// How far it has come.
    pub status: Status,
    /// In cents.
    pub total: i64,
    /// When it was placed.
    pub placed_at: String,
    /// When it was shipped, if it was.
    pub shipped_at: Option<String>,
    /// What was bought.
    pub lines: Vec<Line>,
    /// All that nothing searches for.
    pub details: Details,
}

/// So many of one product, as it was when the order was placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The product.
    pub sku: String,
    /// How many.
    pub quantity: i32,
    /// Its name then.
    pub title: String,
    /// Its price then.
    pub unit_price: i64,
}

/// What is kept of an order as one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// Who bought.
    pub contact: Contact,
    /// How it is paid for.
    pub payment: Payment,
    /// Where it goes.
    pub ship_to: Address,
    /// The customer's own name for it.
    pub reference: Option<String>,
    /// Whether it is a gift.
    pub gift: Gift,
    /// The customer's own notes; none at all is not the same as no notes.
    pub labels: Option<BTreeMap<String, String>>,
}

/// Who bought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// E-mail address.
    pub email: String,
    /// Name.
    pub name: String,
    /// Telephone number.
    pub phone: Phone,
}

/// A telephone number, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phone {
    /// Nobody asked.
    Unknown,
    /// The customer would rather not say.
    Withheld,
    /// The number.
    Known(String),
}

/// How an order is paid for. What must not be kept, the card's number and code, is not here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Payment {
    Card { expiry: String, last4: String },
    Iban { iban: String, holder: String },
    Voucher { code: String },
}

/// Where an order goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub recipient: String,
    pub street: String,
    pub extra: Option<String>,
    pub postal_code: String,
    pub city: String,
    pub country: String,
}

/// Whether an order is a gift.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Gift {
    /// It is not.
    No,
    /// It is, without a card.
    WithoutCard,
    /// It is, with this on the card.
    WithCard(String),
}

impl Store {
    /// One order.
    pub async fn order(&self, viewer: Viewer, id: String) -> Result<Order> {
        self.run(move |connection| find(connection, viewer, &id)).await
    }
}

/// The order's columns, in the sequence in which [`load`] takes them.
pub(super) const COLUMNS: &str = "id, status, total, placed_at, shipped_at, details";

/// The order with this id, if the viewer may see it.
pub(super) fn find(connection: &Connection, viewer: Viewer, id: &str) -> Result<Order> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM orders WHERE id = ?1 AND (?2 IS NULL OR customer_id = ?2)"
    ))?;
    let found =
        statement.query_row(params![id, viewer.customer_id()], |row| Ok(load(connection, row))).optional()?;
    found.unwrap_or_else(|| Err(StoreError::NoOrder(id.to_owned())))
}

/// The order in this row, with its lines.
pub(super) fn load(connection: &Connection, row: &Row<'_>) -> Result<Order> {
    let id: String = row.get(0)?;
    Ok(Order {
        lines: lines(connection, &id)?,
        id,
        status: row.get(1)?,
        total: row.get(2)?,
        placed_at: row.get(3)?,
        shipped_at: row.get(4)?,
        details: serde_json::from_str(&row.get::<_, String>(5)?)?,
    })
}

fn lines(connection: &Connection, id: &str) -> Result<Vec<Line>> {
    let mut statement = connection.prepare_cached(
        "SELECT sku, quantity, title, unit_price FROM order_lines WHERE order_id = ?1 ORDER BY position",
    )?;
    let lines = statement.query_map([id], |row| {
        Ok(Line { sku: row.get(0)?, quantity: row.get(1)?, title: row.get(2)?, unit_price: row.get(3)? })
    })?;
    Ok(lines.collect::<rusqlite::Result<_>>()?)
}
