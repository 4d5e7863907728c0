//! Everything the shop remembers, in one SQLite file.
//!
//! The store speaks the shop's own language, not the contract's: `shop` translates. All of it is synchronous inside
//! and runs on tokio's blocking threads; one connection is plenty for SQLite, which writes one at a time anyway.

mod access;
mod error;
mod events;
mod listing;
mod orders;
mod products;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::watch;

pub use access::{Customer, DEMO_CUSTOMER_KEY, DEMO_STAFF_TOKEN, Viewer};
pub use error::{Result, StoreError};
pub use events::{Event, EventKind};
pub use listing::{Column, OrderQuery, SortKey};
pub use orders::{
    Address, Contact, Details, Gift, Item, Line, NewOrder, Order, OrderChange, Payment, Phone, Status,
};
pub use products::{Image, ImageInfo, Product, ProductColumn, ProductQuery};

/// Where products, orders and events are kept. Clones share one connection.
#[derive(Clone)]
pub struct Store {
    connection: Arc<Mutex<Connection>>,
    /// The id of the newest event: wakes those who follow.
    newest_event: Arc<watch::Sender<i64>>,
}

impl Store {
    /// Opens the database file; a new one gets its tables, the demo products and the demo credentials.
    pub fn open(path: &Path) -> Result<Self> {
        Self::with(Connection::open(path)?)
    }

    /// A store that forgets, for tests.
    #[cfg(test)]
    pub fn in_memory() -> Result<Self> {
        Self::with(Connection::open_in_memory()?)
    }

    fn with(mut connection: Connection) -> Result<Self> {
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        migrate(&mut connection)?;
        let newest = events::newest(&connection)?;
        Ok(Self {
            connection: Arc::new(Mutex::new(connection)),
            newest_event: Arc::new(watch::Sender::new(newest)),
        })
    }

    /// Runs `work` on a thread that may block. After a panic in some other work the connection is still good:
    /// SQLite rolled its transaction back when it was dropped.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let connection = Arc::clone(&self.connection);
        let done = tokio::task::spawn_blocking(move || {
            work(&mut connection.lock().unwrap_or_else(PoisonError::into_inner))
        });
        done.await?
    }

    /// Like [`Store::run`], then wakes those who follow the events.
    async fn run_and_announce<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (value, newest) = self
            .run(|connection| {
                let value = work(connection)?;
                Ok((value, events::newest(connection)?))
            })
            .await?;
        self.newest_event.send_if_modified(|known| std::mem::replace(known, newest) != newest);
        Ok(value)
    }
}

/// The steps from an empty file to the current tables; `user_version` counts those taken.
const MIGRATIONS: [fn(&Connection) -> Result<()>; 2] = [
    |connection| Ok(connection.execute_batch(include_str!("store/schema.sql"))?),
    |connection| {
        connection.execute_batch(include_str!("store/demo.sql"))?;
        access::add_demo(connection)
    },
];

fn migrate(connection: &mut Connection) -> Result<()> {
    let taken: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for (number, step) in (1..).zip(MIGRATIONS).filter(|(number, _)| *number > taken) {
        let transaction = connection.transaction()?;
        step(&transaction)?;
        transaction.pragma_update(None, "user_version", number)?;
        transaction.commit()?;
    }
    Ok(())
}
