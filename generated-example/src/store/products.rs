//! Products and their pictures.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

use super::{Result, Store, StoreError};

/// Something that can be bought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// Stock keeping unit.
    pub sku: String,
    /// Its name.
    pub title: String,
    /// Markdown, if anybody has written it.
    pub description: Option<String>,
    /// Where it belongs.
    pub category: String,
    /// In cents.
    pub price: i64,
    /// What can be delivered.
    pub stock: i64,
    /// Weight, if known.
    pub grams: Option<i64>,
    /// Its picture, if there is one.
    pub image: Option<ImageInfo>,
}

/// What is known about a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageInfo {
    /// What to say to those who do not see it.
    pub alt: String,
    /// Its media type.
    pub media_type: String,
    /// In bytes.
    pub size: i64,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// What to say to those who do not see it.
    pub alt: String,
    /// Its media type.
    pub media_type: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Which products to list, and how.
#[derive(Clone, Debug, Default)]
pub struct ProductQuery {
    /// What the title must contain.
    pub words: Option<String>,
    /// Any of these; none means all.
    pub categories: Vec<String>,
    /// Lowest price.
    pub min_price: Option<i64>,
    /// Highest price.
    pub max_price: Option<i64>,
    /// Only those in stock, or only those not.
    pub in_stock: Option<bool>,
    /// Columns and whether they descend, first one first.
    pub sort: Vec<(ProductColumn, bool)>,
    /// As many as this.
    pub limit: i64,
    /// After as many as that.
    pub offset: i64,
}

/// What products can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductColumn {
    Title,
    Price,
    Stock,
}

const PRODUCT: &str = "SELECT p.sku, p.title, p.description, p.category, p.price, p.stock, p.grams,
    i.alt, i.media_type, length(i.bytes) FROM products p LEFT JOIN images i ON i.sku = p.sku";

impl Store {
    /// A page of products, and how many there are on all pages.
    pub async fn products(&self, query: ProductQuery) -> Result<(Vec<Product>, i64)> {
        self.run(move |connection| {
            let (condition, mut values) = condition(&query);
            let count = format!("SELECT count(*) FROM products p WHERE {condition}");
            let total = connection.query_row(&count, params_from_iter(&values), |row| row.get(0))?;
            let page =
                format!("{PRODUCT} WHERE {condition} ORDER BY {} LIMIT ? OFFSET ?", order(&query.sort));
            values.extend([query.limit.into(), query.offset.into()]);
            let mut statement = connection.prepare_cached(&page)?;
            let products = statement.query_map(params_from_iter(&values), product)?;
            Ok((products.collect::<rusqlite::Result<_>>()?, total))
        })
        .await
    }

    /// One product.
    pub async fn product(&self, sku: String) -> Result<Product> {
        self.run(move |connection| {
            let mut statement = connection.prepare_cached(&format!("{PRODUCT} WHERE p.sku = ?1"))?;
            statement.query_row([&sku], product).optional()?.ok_or(StoreError::NoProduct(sku))
        })
        .await
    }

    /// The picture of a product; none if there is the product but no picture.
    pub async fn image(&self, sku: String) -> Result<Option<Image>> {
        self.run(move |connection| {
            let mut statement =
                connection.prepare_cached("SELECT alt, media_type, bytes FROM images WHERE sku = ?1")?;
            let image =
                |row: &Row<'_>| Ok(Image { alt: row.get(0)?, media_type: row.get(1)?, bytes: row.get(2)? });
            match statement.query_row([&sku], image).optional()? {
                None if !exists(connection, &sku)? => Err(StoreError::NoProduct(sku)),
                image => Ok(image),
            }
        })
        .await
    }

    /// Gives a product its picture.
    pub async fn set_image(&self, sku: String, image: Image) -> Result<ImageInfo> {
        self.run(move |connection| {
            if !exists(connection, &sku)? {
                return Err(StoreError::NoProduct(sku));
            }
            let Image { alt, media_type, bytes } = image;
            let mut statement = connection.prepare_cached(
                "INSERT INTO images (sku, alt, media_type, bytes) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (sku) DO UPDATE SET alt = ?2, media_type = ?3, bytes = ?4
                 RETURNING length(bytes)",
            )?;
            let size = statement.query_row(params![sku, alt, media_type, bytes], |row| row.get(0))?;
            Ok(ImageInfo { alt, media_type, size })
        })
        .await
    }
}

fn exists(connection: &Connection, sku: &str) -> Result<bool> {
    Ok(connection.prepare_cached("SELECT 1 FROM products WHERE sku = ?1")?.exists([sku])?)
}

/// The filters as SQL, with the values for its question marks.
fn condition(query: &ProductQuery) -> (String, Vec<Value>) {
    let mut terms = vec!["TRUE".to_owned()];
    let mut values: Vec<Value> = Vec::new();
    for word in query.words.iter().flat_map(|words| words.split_whitespace()) {
        terms.push("instr(lower(p.title), lower(?)) > 0".to_owned());
        values.push(word.to_owned().into());
    }
    if !query.categories.is_empty() {
        terms.push(format!("p.category IN ({})", vec!["?"; query.categories.len()].join(", ")));
        values.extend(query.categories.iter().cloned().map(Value::from));
    }
    for (term, bound) in [("p.price >= ?", query.min_price), ("p.price <= ?", query.max_price)] {
        if let Some(bound) = bound {
            terms.push(term.to_owned());
            values.push(bound.into());
        }
    }
    if let Some(in_stock) = query.in_stock {
        terms.push("(p.stock > 0) = ?".to_owned());
        values.push(in_stock.into());
    }
    (terms.join(" AND "), values)
}

fn order(sort: &[(ProductColumn, bool)]) -> String {
    let mut terms: Vec<&str> = sort
        .iter()
        .map(|term| match term {
            (ProductColumn::Title, false) => "p.title",
            (ProductColumn::Title, true) => "p.title DESC",
            (ProductColumn::Price, false) => "p.price",
            (ProductColumn::Price, true) => "p.price DESC",
            (ProductColumn::Stock, false) => "p.stock",
            (ProductColumn::Stock, true) => "p.stock DESC",
        })
        .collect();
    terms.push("p.sku");
    terms.join(", ")
}

fn product(row: &Row<'_>) -> rusqlite::Result<Product> {
    let image = match row.get::<_, Option<String>>(7)? {
        Some(alt) => Some(ImageInfo { alt, media_type: row.get(8)?, size: row.get(9)? }),
        None => None,
    };
    Ok(Product {
        sku: row.get(0)?,
        title: row.get(1)?,
        description: row.get(2)?,
        category: row.get(3)?,
        price: row.get(4)?,
        stock: row.get(5)?,
        grams: row.get(6)?,
        image,
    })
}
