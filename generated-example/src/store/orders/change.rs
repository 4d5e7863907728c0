//! Changing and deleting orders.

use rusqlite::{Connection, TransactionBehavior, params};

use super::{Address, Gift, Order, Status, find};
use crate::store::{EventKind, Result, Store, StoreError, Viewer, events};

/// What to change about an order; what is `None` stays as it is.
#[derive(Clone, Debug, Default)]
pub struct OrderChange {
    /// Its status.
    pub status: Option<Status>,
    /// Where it goes.
    pub ship_to: Option<Address>,
    /// The customer's own name for it, or none.
    pub reference: Option<Option<String>>,
    /// Whether it is a gift.
    pub gift: Option<Gift>,
}

impl Store {
    /// Changes an order.
    pub async fn change_order(&self, viewer: Viewer, id: String, change: OrderChange) -> Result<Order> {
        self.run_and_announce(move |connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut order = find(&transaction, viewer, &id)?;
            amend(&mut order, &change)?;
            if let Some(status) = change.status.filter(|status| *status != order.status) {
                move_on(&transaction, viewer, &mut order, status)?;
            }
            save(&transaction, &order)?;
            events::record(&transaction, EventKind::Changed, &id)?;
            let order = find(&transaction, viewer, &id)?;
            transaction.commit()?;
            Ok(order)
        })
        .await
    }

    /// Deletes an order that is over.
    pub async fn delete_order(&self, id: String) -> Result<()> {
        self.run_and_announce(move |connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let order = find(&transaction, Viewer::Staff, &id)?;
            if !matches!(order.status, Status::Cancelled | Status::Delivered) {
                return Err(StoreError::WrongStatus { status: order.status.as_str(), verb: "deleted" });
            }
            events::record(&transaction, EventKind::Deleted, &id)?;
            transaction.execute("DELETE FROM orders WHERE id = ?1", [&id])?;
            Ok(transaction.commit()?)
        })
        .await
    }
}

/// Changes all but the status. What is on the parcel cannot change once the parcel is gone.
fn amend(order: &mut Order, change: &OrderChange) -> Result<()> {
    let on_parcel = change.ship_to.is_some() || change.gift.is_some();
    if on_parcel && !matches!(order.status, Status::Placed | Status::Paid) {
        return Err(StoreError::WrongStatus { status: order.status.as_str(), verb: "readdressed" });
    }
    if let Some(ship_to) = &change.ship_to {
        order.details.ship_to = ship_to.clone();
    }
    if let Some(gift) = &change.gift {
        order.details.gift = gift.clone();
    }
    if let Some(reference) = &change.reference {
        order.details.reference = reference.clone();
    }
    Ok(())
}

/// Moves an order to its next status, if that is a next one.
fn move_on(connection: &Connection, viewer: Viewer, order: &mut Order, to: Status) -> Result<()> {
    if viewer != Viewer::Staff && to != Status::Cancelled {
        return Err(StoreError::StaffOnly);
    }
    match (order.status, to) {
        (Status::Placed, Status::Paid)
        | (Status::Paid, Status::Shipped)
        | (Status::Shipped, Status::Delivered) => {}
        (Status::Placed | Status::Paid, Status::Cancelled) => put_back(connection, order)?,
        (from, to) => return Err(StoreError::WrongStatus { status: from.as_str(), verb: to.as_str() }),
    }
    order.status = to;
    Ok(())
}

/// Puts the items of a cancelled order back on the shelves.
fn put_back(connection: &Connection, order: &Order) -> Result<()> {
    let mut statement = connection.prepare_cached("UPDATE products SET stock = stock + ?2 WHERE sku = ?1")?;
    for line in &order.lines {
        statement.execute(params![line.sku, line.quantity])?;
    }
    Ok(())
}

fn save(connection: &Connection, order: &Order) -> Result<()> {
    let mut statement = connection.prepare_cached(
        "UPDATE orders SET status = ?2, details = ?3, shipped_at = CASE
             WHEN ?2 = 'shipped' AND shipped_at IS NULL THEN strftime('%Y-%m-%dT%H:%M:%fZ') ELSE shipped_at END
         WHERE id = ?1",
    )?;
    statement.execute(params![order.id, order.status, serde_json::to_string(&order.details)?])?;
    Ok(())
}
