//! Between the contract's types and the store's.

use counterpart_runtime::server::ApiError;
use counterpart_runtime::stream::BoxError;
use counterpart_runtime::{Map, Number, encode};

use crate::orders::server::{ListOrders, ListProducts};
use crate::orders::types;
use crate::store::{
    Address, Column, Contact, Customer, Details, Event, EventKind, Gift, ImageInfo, Item, Line, NewOrder,
    Order, OrderChange, OrderQuery, Payment, Phone, Product, ProductColumn, ProductQuery, SortKey, Status,
    StoreError, Viewer,
};

/// The store's no in the contract's words; whatever is not the caller's fault stays hidden.
pub fn refusal(error: StoreError) -> ApiError {
    let message = error.to_string();
    match error {
        StoreError::NoProduct(_) | StoreError::NoOrder(_) => ApiError::not_found(message),
        StoreError::OutOfStock { left, .. } => {
            ApiError::conflict(message).with_code("OUT_OF_STOCK").with_extension("left", left)
        }
        StoreError::KeyReused => ApiError::conflict(message).with_code("IDEMPOTENCY_KEY_REUSED"),
        StoreError::WrongStatus { .. } => ApiError::conflict(message).with_code("WRONG_STATUS"),
        StoreError::StaffOnly => ApiError::forbidden(message),
        StoreError::BadCursor => ApiError::bad_request(message).with_code("BAD_CURSOR"),
        StoreError::Database(_) | StoreError::Document(_) | StoreError::Abandoned(_) => {
            ApiError::internal(error)
        }
    }
}

/// The same for an order that is being placed: a product that is not there is not the thing that was asked for.
pub fn placing_refusal(error: StoreError) -> ApiError {
    match error {
        StoreError::NoProduct(_) => ApiError::conflict(error.to_string()).with_code("OUT_OF_STOCK"),
        error => refusal(error),
    }
}

pub fn product_query(request: ListProducts) -> ProductQuery {
    use types::ListProductsSortItem as Sort;
    let types::MoneyRange { min, max } = request.price.unwrap_or_default();
    let sort = |key| match key {
        Sort::Title => (ProductColumn::Title, false),
        Sort::MinusTitle => (ProductColumn::Title, true),
        Sort::Price => (ProductColumn::Price, false),
        Sort::MinusPrice => (ProductColumn::Price, true),
        Sort::Stock => (ProductColumn::Stock, false),
        Sort::MinusStock => (ProductColumn::Stock, true),
    };
    ProductQuery {
        words: request.q,
        categories: request.category.unwrap_or_default().iter().map(ToString::to_string).collect(),
        min_price: min.map(types::Money::into_inner),
        max_price: max.map(types::Money::into_inner),
        in_stock: request.in_stock,
        sort: request.sort.unwrap_or_default().into_iter().map(sort).collect(),
        limit: request.limit.into(),
        offset: request.offset,
    }
}

pub fn product(product: Product) -> Result<types::Product, ApiError> {
    Ok(types::Product {
        sku: product.sku.try_into()?,
        title: product.title,
        description: product.description,
        category: product.category.parse()?,
        price: product.price.try_into()?,
        stock: product.stock,
        weight: product.grams.map(|grams| Number::from_lexeme(&format!("{grams}e-3"))).transpose()?,
        image: product.image.map(image).transpose()?,
    })
}

pub fn image(info: ImageInfo) -> Result<types::ProductImage, ApiError> {
    Ok(types::ProductImage { alt: info.alt, media_type: info.media_type.parse()?, size: info.size })
}

pub fn order_query(request: ListOrders<Viewer>) -> OrderQuery {
    use types::OrderSort as Sort;
    let sort = |key| match key {
        Sort::PlacedAt => SortKey { column: Column::PlacedAt, descending: false },
        Sort::MinusPlacedAt => SortKey { column: Column::PlacedAt, descending: true },
        Sort::Total => SortKey { column: Column::Total, descending: false },
        Sort::MinusTotal => SortKey { column: Column::Total, descending: true },
    };
    OrderQuery {
        viewer: request.principal,
        statuses: request.status.unwrap_or_default().into_iter().map(status_of).collect(),
        from: request.placed_from.map(|day| day.to_string()),
        to: request.placed_to.map(|day| day.to_string()),
        min_total: request.min_total.map(types::Money::into_inner),
        sort: request.sort.into_iter().map(sort).collect(),
        limit: usize::try_from(request.limit).unwrap_or_default(),
        cursor: request.cursor,
    }
}

pub fn new_order(
    customer: Customer,
    order: types::OrderRequest,
    idempotency_key: Option<String>,
) -> NewOrder {
    let item = |line: types::OrderLineRequest| Item { sku: line.sku.into_inner(), quantity: line.quantity };
    let details = Details {
        contact: Contact {
            email: order.customer.email.into_inner(),
            name: order.customer.name,
            phone: match order.customer.phone {
                None => Phone::Unknown,
                Some(None) => Phone::Withheld,
                Some(Some(number)) => Phone::Known(number),
            },
        },
        payment: payment_of(order.payment),
        ship_to: address_of(order.ship_to),
        reference: order.reference,
        gift: order.gift_message.map_or(Gift::No, gift_of),
        labels: order.labels.map(|labels| labels.into_inner().into_iter().collect()),
    };
    NewOrder { customer, items: order.items.into_iter().map(item).collect(), details, idempotency_key }
}

pub fn order_change(patch: types::OrderPatch) -> OrderChange {
    OrderChange {
        status: patch.status.map(status_of),
        ship_to: patch.ship_to.map(address_of),
        reference: patch.reference,
        // In a patch, null takes the member away.
        gift: patch.gift_message.map(|message| message.map_or(Gift::No, Gift::WithCard)),
    }
}

pub fn order(order: Order) -> Result<types::Order, ApiError> {
    let Details { contact, payment, ship_to, reference, gift, labels } = order.details;
    Ok(types::Order {
        id: order.id.try_into()?,
        status: status(order.status),
        customer: types::Customer {
            email: contact.email.try_into()?,
            name: contact.name,
            phone: match contact.phone {
                Phone::Unknown => None,
                Phone::Withheld => Some(None),
                Phone::Known(number) => Some(Some(number)),
            },
        },
        items: order.lines.into_iter().map(line).collect::<Result<_, _>>()?,
        payment: self::payment(payment),
        ship_to: address(ship_to),
        reference,
        gift_message: match gift {
            Gift::No => None,
            Gift::WithoutCard => Some(None),
            Gift::WithCard(message) => Some(Some(message)),
        },
        labels: labels.map(|labels| labels.into_iter().collect::<Map<String>>().try_into()).transpose()?,
        total: order.total.try_into()?,
        placed_at: order.placed_at.parse()?,
        shipped_at: order.shipped_at.map(|at| at.parse()).transpose()?,
    })
}

/// The event as subscribers are told of it.
pub fn event(event: Event) -> Result<types::OrderEvent, BoxError> {
    let kind = match event.kind {
        EventKind::Placed => types::EventKind::OrderPlaced,
        EventKind::Changed => types::EventKind::OrderChanged,
        EventKind::Deleted => types::EventKind::OrderDeleted,
    };
    Ok(types::OrderEvent {
        id: event.id.to_string().try_into()?,
        kind,
        order_id: event.order_id.try_into()?,
        status: status(event.status),
        at: event.at.parse()?,
    })
}

/// The event as it is streamed, its data being JSON text.
pub fn event_message(event: Event) -> Result<types::OrderEventMessage, BoxError> {
    let data = self::event(event)?;
    let text = String::from_utf8(encode(&data)?)?;
    Ok(types::OrderEventMessage { id: data.id, event: data.kind, data: text })
}

fn line(line: Line) -> Result<types::OrderLine, ApiError> {
    Ok(types::OrderLine {
        sku: line.sku.try_into()?,
        quantity: line.quantity,
        title: line.title,
        unit_price: line.unit_price.try_into()?,
    })
}

/// Of a card, only what may be kept.
fn payment_of(payment: types::PaymentRequest) -> Payment {
    use types::PaymentRequest;
    match payment {
        PaymentRequest::Card(card) => {
            let last4 = card.number.chars().skip(card.number.chars().count().saturating_sub(4)).collect();
            Payment::Card { expiry: card.expiry, last4 }
        }
        PaymentRequest::Iban(transfer) => Payment::Iban { iban: transfer.iban, holder: transfer.holder },
        PaymentRequest::Voucher(voucher) => Payment::Voucher { code: voucher.code },
    }
}

fn payment(payment: Payment) -> types::Payment {
    match payment {
        Payment::Card { expiry, last4 } => {
            types::Payment::Card(types::CardPayment { method: Default::default(), expiry, last4 })
        }
        Payment::Iban { iban, holder } => {
            types::Payment::Iban(types::IbanPayment { method: Default::default(), iban, holder })
        }
        Payment::Voucher { code } => {
            types::Payment::Voucher(types::VoucherPayment { method: Default::default(), code })
        }
    }
}

fn address_of(address: types::Address) -> Address {
    let types::Address { recipient, street, extra, postal_code, city, country } = address;
    Address { recipient, street, extra, postal_code, city, country }
}

fn address(address: Address) -> types::Address {
    let Address { recipient, street, extra, postal_code, city, country } = address;
    types::Address { recipient, street, extra, postal_code, city, country }
}

fn gift_of(message: Option<String>) -> Gift {
    message.map_or(Gift::WithoutCard, Gift::WithCard)
}

fn status_of(status: types::OrderStatus) -> Status {
    match status {
        types::OrderStatus::Placed => Status::Placed,
        types::OrderStatus::Paid => Status::Paid,
        types::OrderStatus::Shipped => Status::Shipped,
        types::OrderStatus::Delivered => Status::Delivered,
        types::OrderStatus::Cancelled => Status::Cancelled,
    }
}

fn status(status: Status) -> types::OrderStatus {
    match status {
        Status::Placed => types::OrderStatus::Placed,
        Status::Paid => types::OrderStatus::Paid,
        Status::Shipped => types::OrderStatus::Shipped,
        Status::Delivered => types::OrderStatus::Delivered,
        Status::Cancelled => types::OrderStatus::Cancelled,
    }
}
