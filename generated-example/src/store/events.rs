//! What happened to orders, in the order in which it happened.

use rusqlite::{Connection, Row, params};
use tokio::sync::watch;

use super::{Result, Status, Store, Viewer};

/// Something that happened to an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Grows from event to event.
    pub id: i64,
    /// What happened.
    pub kind: EventKind,
    /// The order it happened to.
    pub order_id: String,
    /// The order's status after it.
    pub status: Status,
    /// When.
    pub at: String,
}

/// What can happen to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    Placed,
    Changed,
    Deleted,
}

impl EventKind {
    const ALL: [Self; 3] = [Self::Placed, Self::Changed, Self::Deleted];

    fn as_str(self) -> &'static str {
        match self {
            Self::Placed => "placed",
            Self::Changed => "changed",
            Self::Deleted => "deleted",
        }
    }
}

super::orders::sql_text!(EventKind);

impl Store {
    /// As many as a hundred events after the one with this id, oldest first.
    pub async fn events_after(
        &self,
        viewer: Viewer,
        order_id: Option<String>,
        after: i64,
    ) -> Result<Vec<Event>> {
        self.run(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, kind, order_id, status, at FROM events
                 WHERE id > ?1 AND (?2 IS NULL OR customer_id = ?2) AND (?3 IS NULL OR order_id = ?3)
                 ORDER BY id LIMIT 100",
            )?;
            let rows = statement.query_map(params![after, viewer.customer_id(), order_id], event)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
        .await
    }

    /// The id of the newest event, and a way to wait for the next.
    pub fn newest_event(&self) -> watch::Receiver<i64> {
        self.newest_event.subscribe()
    }
}

fn event(row: &Row<'_>) -> rusqlite::Result<Event> {
    Ok(Event {
        id: row.get(0)?,
        kind: row.get(1)?,
        order_id: row.get(2)?,
        status: row.get(3)?,
        at: row.get(4)?,
    })
}

/// Remembers an event of an order that is (still) there.
pub(super) fn record(connection: &Connection, kind: EventKind, order_id: &str) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO events (customer_id, kind, order_id, status, at)
         SELECT customer_id, ?1, id, status, strftime('%Y-%m-%dT%H:%M:%fZ') FROM orders WHERE id = ?2",
        )?
        .execute(params![kind, order_id])?;
    Ok(())
}

/// The id of the newest event, 0 if there is none.
pub(super) fn newest(connection: &Connection) -> Result<i64> {
    let mut statement = connection.prepare_cached("SELECT coalesce(max(id), 0) FROM events")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}
