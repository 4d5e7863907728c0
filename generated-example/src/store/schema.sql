-- Money is in euro cents, weights in grams, times are RFC 3339 in UTC with milliseconds (so they sort as text).

CREATE TABLE products (
    sku TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    description TEXT,
    category TEXT NOT NULL,
    price INTEGER NOT NULL CHECK (price >= 0),
    stock INTEGER NOT NULL CHECK (stock >= 0),
    grams INTEGER CHECK (grams > 0)
) STRICT;

CREATE TABLE images (
    sku TEXT PRIMARY KEY REFERENCES products (sku) ON DELETE CASCADE,
    alt TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes BLOB NOT NULL
) STRICT;

-- Of credentials only the SHA-256 is kept.
CREATE TABLE customers (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    key_hash BLOB NOT NULL UNIQUE
) STRICT;

CREATE TABLE staff (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    token_hash BLOB NOT NULL UNIQUE
) STRICT;

CREATE TABLE orders (
    id TEXT PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (id),
    status TEXT NOT NULL CHECK (status IN ('placed', 'paid', 'shipped', 'delivered', 'cancelled')),
    total INTEGER NOT NULL CHECK (total >= 0),
    placed_at TEXT NOT NULL,
    shipped_at TEXT,
    -- What nothing searches for, as JSON: see `Details` in orders.rs.
    details TEXT NOT NULL
) STRICT;
CREATE INDEX orders_by_time ON orders (placed_at, id);
CREATE INDEX orders_by_customer ON orders (customer_id, placed_at);

CREATE TABLE order_lines (
    order_id TEXT NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    sku TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    title TEXT NOT NULL,
    unit_price INTEGER NOT NULL,
    PRIMARY KEY (order_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE idempotency_keys (
    customer_id INTEGER NOT NULL REFERENCES customers (id),
    key TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    order_id TEXT NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    PRIMARY KEY (customer_id, key)
) STRICT, WITHOUT ROWID;

-- Events outlive their orders; a reader resumes after the last id it has seen.
CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    customer_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    order_id TEXT NOT NULL,
    status TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
