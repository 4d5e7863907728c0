//! Placing an order.

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Details, Line, Order, Payment, Status, find};
use crate::store::{Customer, EventKind, Result, Store, StoreError, Viewer, events};

/// An order to be placed.
#[derive(Clone, Debug)]
pub struct NewOrder {
    /// Who pays.
    pub customer: Customer,
    /// What to buy.
    pub items: Vec<Item>,
    /// All the rest.
    pub details: Details,
    /// The customer's word for this request: under one there is only one order.
    pub idempotency_key: Option<String>,
}

/// So many of one product.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    /// The product.
    pub sku: String,
    /// How many.
    pub quantity: i32,
}

impl Store {
    /// Takes the items from the shelves and remembers the order, or does nothing at all. A repetition finds the
    /// order that is there.
    pub async fn place_order(&self, order: NewOrder) -> Result<Order> {
        self.run_and_announce(move |connection| {
            // Immediate: two orders must not see the same last item.
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let id = match repeated(&transaction, &order)? {
                Some(id) => id,
                None => insert(&transaction, &order)?,
            };
            let order = find(&transaction, Viewer::Customer(order.customer), &id)?;
            transaction.commit()?;
            Ok(order)
        })
        .await
    }
}

/// The order that was placed with the same idempotency key.
fn repeated(connection: &Connection, order: &NewOrder) -> Result<Option<String>> {
    let Some(key) = &order.idempotency_key else { return Ok(None) };
    let mut statement = connection.prepare_cached(
        "SELECT fingerprint, order_id FROM idempotency_keys WHERE customer_id = ?1 AND key = ?2",
    )?;
    let known = statement
        .query_row(params![order.customer.0, key], |row| Ok((row.get::<_, [u8; 32]>(0)?, row.get(1)?)))
        .optional()?;
    match known {
        Some((known, _)) if known != fingerprint(order)? => Err(StoreError::KeyReused),
        Some((_, id)) => Ok(Some(id)),
        None => Ok(None),
    }
}

/// A hash of all that makes an order this order.
fn fingerprint(order: &NewOrder) -> Result<[u8; 32]> {
    Ok(Sha256::digest(serde_json::to_vec(&(&order.items, &order.details))?).into())
}

fn insert(connection: &Connection, order: &NewOrder) -> Result<String> {
    let lines = order.items.iter().map(|item| take(connection, item)).collect::<Result<Vec<_>>>()?;
    let total: i64 = lines.iter().map(|line| line.unit_price * i64::from(line.quantity)).sum();
    let mut statement = connection.prepare_cached(
        "INSERT INTO orders (id, customer_id, status, total, placed_at, details)
         VALUES ('ord_' || lower(hex(randomblob(6))), ?1, ?2, ?3, strftime('%Y-%m-%dT%H:%M:%fZ'), ?4)
         RETURNING id",
    )?;
    let status = first_status(&order.details.payment);
    let details = serde_json::to_string(&order.details)?;
    let id: String =
        statement.query_row(params![order.customer.0, status, total, details], |row| row.get(0))?;
    insert_lines(connection, &id, &lines)?;
    if let Some(key) = &order.idempotency_key {
        connection.execute(
            "INSERT INTO idempotency_keys (customer_id, key, fingerprint, order_id) VALUES (?1, ?2, ?3, ?4)",
            params![order.customer.0, key, fingerprint(order)?, id],
        )?;
    }
    events::record(connection, EventKind::Placed, &id)?;
    Ok(id)
}

fn insert_lines(connection: &Connection, id: &str, lines: &[Line]) -> Result<()> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO order_lines (order_id, position, sku, quantity, title, unit_price)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (position, line) in (0_i64..).zip(lines) {
        statement.execute(params![id, position, line.sku, line.quantity, line.title, line.unit_price])?;
    }
    Ok(())
}

/// Takes an item from the shelf.
fn take(connection: &Connection, item: &Item) -> Result<Line> {
    let mut statement =
        connection.prepare_cached("SELECT title, price, stock FROM products WHERE sku = ?1")?;
    let product = statement
        .query_row([&item.sku], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, i64>(2)?)))
        .optional()?;
    let (title, unit_price, stock) = product.ok_or_else(|| StoreError::NoProduct(item.sku.clone()))?;
    if stock < i64::from(item.quantity) {
        return Err(StoreError::OutOfStock { sku: item.sku.clone(), left: stock });
    }
    connection
        .prepare_cached("UPDATE products SET stock = stock - ?2 WHERE sku = ?1")?
        .execute(params![item.sku, item.quantity])?;
    Ok(Line { sku: item.sku.clone(), quantity: item.quantity, title, unit_price })
}

/// Cards and vouchers are charged at once; a bank transfer takes its time.
fn first_status(payment: &Payment) -> Status {
    match payment {
        Payment::Card { .. } | Payment::Voucher { .. } => Status::Paid,
        Payment::Iban { .. } => Status::Placed,
    }
}
