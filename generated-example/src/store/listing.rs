//! Lists of orders, page by page.
//!
//! A cursor holds the sort values of the last order on the page, so that a page starts after that order wherever new
//! orders were placed meanwhile, and costs the same however far down it is.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use serde::{Deserialize, Serialize};

use super::orders::{COLUMNS, load};
use super::{Order, Result, Status, Store, StoreError, Viewer};

/// Which orders to list, and how.
#[derive(Clone, Debug)]
pub struct OrderQuery {
    /// Through whose eyes.
    pub viewer: Viewer,
    /// Any of these; none means all.
    pub statuses: Vec<Status>,
    /// First day.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
    /// Lowest total.
    pub min_total: Option<i64>,
    /// What to sort by, first one first.
    pub sort: Vec<SortKey>,
    /// As many as this.
    pub limit: usize,
    /// Where the page starts.
    pub cursor: Option<String>,
}

/// A page of orders.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderList {
    /// The orders.
    pub orders: Vec<Order>,
    /// Where the next page starts, if there is one.
    pub next: Option<String>,
    /// How many there are on all pages.
    pub total: i64,
}

/// A column to sort by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SortKey {
    /// The column.
    pub column: Column,
    /// Largest first.
    pub descending: bool,
}

/// What orders can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Column {
    PlacedAt,
    Total,
}

/// What a cursor says, in base64. It names its order, because in another one it would mean another place.
#[derive(Serialize, Deserialize)]
struct Cursor {
    sort: Vec<SortKey>,
    placed_at: String,
    total: i64,
    id: String,
}

/// A condition in SQL and the values for its question marks.
struct Condition {
    sql: String,
    values: Vec<Value>,
}

impl Store {
    /// A page of orders.
    pub async fn orders(&self, query: OrderQuery) -> Result<OrderList> {
        self.run(move |connection| list(connection, &query)).await
    }
}

fn list(connection: &Connection, query: &OrderQuery) -> Result<OrderList> {
    let mut condition = filter(query);
    let count = format!("SELECT count(*) FROM orders WHERE {}", condition.sql);
    let total = connection.query_row(&count, params_from_iter(&condition.values), |row| row.get(0))?;
    if let Some(text) = &query.cursor {
        condition.and(after(&Cursor::parse(text, &query.sort)?));
    }
    // One more than asked for: that tells whether there is a next page.
    let select = format!(
        "SELECT {COLUMNS} FROM orders WHERE {} ORDER BY {} LIMIT {}",
        condition.sql,
        order_by(&query.sort),
        query.limit.saturating_add(1)
    );
    let mut statement = connection.prepare_cached(&select)?;
    let mut rows = statement.query(params_from_iter(&condition.values))?;
    let mut orders = Vec::new();
    while let Some(row) = rows.next()? {
        orders.push(load(connection, row)?);
    }
    let more = orders.len() > query.limit;
    orders.truncate(query.limit);
    let next = match orders.last().filter(|_| more) {
        Some(last) => Some(Cursor::at(last, &query.sort).to_text()?),
        None => None,
    };
    Ok(OrderList { orders, next, total })
}

fn filter(query: &OrderQuery) -> Condition {
    let mut condition = Condition { sql: "TRUE".to_owned(), values: Vec::new() };
    let mut and = |sql: &str, value: Option<Value>| {
        if let Some(value) = value {
            condition.and(Condition { sql: sql.to_owned(), values: vec![value] });
        }
    };
    and("customer_id = ?", query.viewer.customer_id().map(Value::from));
    and("substr(placed_at, 1, 10) >= ?", query.from.clone().map(Value::from));
    and("substr(placed_at, 1, 10) <= ?", query.to.clone().map(Value::from));
    and("total >= ?", query.min_total.map(Value::from));
    if !query.statuses.is_empty() {
        condition.and(Condition {
            sql: format!("status IN ({})", vec!["?"; query.statuses.len()].join(", ")),
            values: query.statuses.iter().map(|status| status.as_str().to_owned().into()).collect(),
        });
    }
    condition
}

/// What comes after the cursor: larger in the first key that differs, the id being the last.
fn after(cursor: &Cursor) -> Condition {
    let mut keys: Vec<(&str, bool, Value)> = cursor
        .sort
        .iter()
        .map(|key| match key.column {
            Column::PlacedAt => ("placed_at", key.descending, cursor.placed_at.clone().into()),
            Column::Total => ("total", key.descending, cursor.total.into()),
        })
        .collect();
    keys.push(("id", false, cursor.id.clone().into()));
    let mut alternatives = Vec::new();
    let mut values = Vec::new();
    let mut equal = String::new();
    let mut equal_values = Vec::new();
    for (column, descending, value) in keys {
        let comparison = if descending { "<" } else { ">" };
        alternatives.push(format!("({equal}{column} {comparison} ?)"));
        values.extend(equal_values.iter().cloned());
        values.push(value.clone());
        equal.push_str(&format!("{column} = ? AND "));
        equal_values.push(value);
    }
    Condition { sql: format!("({})", alternatives.join(" OR ")), values }
}

fn order_by(sort: &[SortKey]) -> String {
    let mut terms: Vec<&str> = sort
        .iter()
        .map(|key| match (key.column, key.descending) {
            (Column::PlacedAt, false) => "placed_at",
            (Column::PlacedAt, true) => "placed_at DESC",
            (Column::Total, false) => "total",
            (Column::Total, true) => "total DESC",
        })
        .collect();
    terms.push("id");
    terms.join(", ")
}

impl Condition {
    fn and(&mut self, other: Self) {
        self.sql = format!("{} AND {}", self.sql, other.sql);
        self.values.extend(other.values);
    }
}

impl Cursor {
    fn at(order: &Order, sort: &[SortKey]) -> Self {
        let Order { placed_at, total, id, .. } = order;
        Self { sort: sort.to_vec(), placed_at: placed_at.clone(), total: *total, id: id.clone() }
    }

    fn to_text(&self) -> Result<String> {
        Ok(URL_SAFE_NO_PAD.encode(serde_json::to_vec(self)?))
    }

    fn parse(text: &str, sort: &[SortKey]) -> Result<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| StoreError::BadCursor)?;
        let cursor: Self = serde_json::from_slice(&bytes).map_err(|_| StoreError::BadCursor)?;
        if cursor.sort == sort { Ok(cursor) } else { Err(StoreError::BadCursor) }
    }
}
