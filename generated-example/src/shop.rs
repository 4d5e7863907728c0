//! The shop: what the contract asks for, done with the store.

mod convert;
mod events;
mod webhook;

use counterpart_runtime::ByteStream;
use counterpart_runtime::server::{ApiError, AuthError, Credentials};
use tokio::sync::watch;

use crate::orders::server::{
    Api, CancelOrder, CancelOrderResponse, CreateOrder, CreateOrderResponse, DeleteOrder,
    DeleteOrderResponse, DownloadProductImage, DownloadProductImageResponse, GetOrder, GetOrderResponse,
    GetProduct, GetProductResponse, ListOrders, ListOrdersResponse, ListProducts, ListProductsResponse,
    StreamOrderEvents, StreamOrderEventsResponse, UpdateOrder, UpdateOrderResponse, UploadProductImage,
    UploadProductImageResponse,
};
use crate::orders::types;
pub use webhook::{Subscriber, announce};

use crate::store::{Image, OrderChange, Status, Store, Viewer};

/// Serves the contract from a store.
pub struct Shop {
    store: Store,
    /// Turns true when the shop closes: streams of events end then.
    closing: watch::Receiver<bool>,
}

impl Shop {
    /// A shop that closes when `closing` turns true.
    pub fn new(store: Store, closing: watch::Receiver<bool>) -> Self {
        Self { store, closing }
    }
}

impl Api for Shop {
    type Principal = Viewer;

    async fn authenticate(&self, credentials: Credentials) -> Result<Viewer, AuthError> {
        if let Some(key) = credentials.api_key("customerKey") {
            let customer = self.store.customer_by_key(key).await?;
            return customer.map(Viewer::Customer).ok_or(AuthError::Unauthorized);
        }
        match credentials.bearer() {
            Some(token) if self.store.is_staff(token).await? => Ok(Viewer::Staff),
            _ => Err(AuthError::Unauthorized),
        }
    }

    async fn list_products(&self, request: ListProducts) -> Result<ListProductsResponse, ApiError> {
        let query = convert::product_query(request);
        let (products, total) = self.store.products(query).await?;
        let items = products.into_iter().map(convert::product).collect::<Result<_, _>>()?;
        Ok(ListProductsResponse::Ok { body: types::ProductPage { items }, x_total_count: total })
    }

    async fn get_product(&self, request: GetProduct) -> Result<GetProductResponse, ApiError> {
        let product = self.store.product(request.sku.into_inner()).await.map_err(convert::refusal)?;
        Ok(GetProductResponse::Ok(convert::product(product)?))
    }

    async fn download_product_image(
        &self,
        request: DownloadProductImage,
    ) -> Result<DownloadProductImageResponse, ApiError> {
        let sku = request.sku.into_inner();
        let image = self.store.image(sku.clone()).await.map_err(convert::refusal)?;
        let image = image.ok_or_else(|| ApiError::not_found(format!("there is no picture of {sku}")))?;
        let extension = if image.media_type == "image/png" { "png" } else { "jpg" };
        Ok(DownloadProductImageResponse::Ok {
            body: ByteStream::from(image.bytes),
            content_disposition: format!("inline; filename=\"{}.{extension}\"", sku.to_lowercase()),
        })
    }

    async fn upload_product_image(
        &self,
        request: UploadProductImage<Viewer>,
    ) -> Result<UploadProductImageResponse, ApiError> {
        let types::ImageUpload { metadata, file } = request.body;
        let media_type = file.content_type.unwrap_or_default();
        if media_type.parse::<types::ProductImageMediaType>().is_err() || file.bytes.is_empty() {
            return Err(
                ApiError::unprocessable("the file must be a PNG or JPEG picture").with_code("NO_PICTURE")
            );
        }
        let image = Image { alt: metadata.alt, media_type, bytes: file.bytes.to_vec() };
        let info = self.store.set_image(request.sku.into_inner(), image).await.map_err(convert::refusal)?;
        Ok(UploadProductImageResponse::Ok(convert::image(info)?))
    }

    async fn list_orders(&self, request: ListOrders<Viewer>) -> Result<ListOrdersResponse, ApiError> {
        let list = self.store.orders(convert::order_query(request)).await.map_err(convert::refusal)?;
        let items = list.orders.into_iter().map(convert::order).collect::<Result<_, _>>()?;
        let body = types::OrderPage { items, next_cursor: list.next };
        Ok(ListOrdersResponse::Ok { body, x_total_count: list.total })
    }

    async fn create_order(&self, request: CreateOrder<Viewer>) -> Result<CreateOrderResponse, ApiError> {
        let Viewer::Customer(customer) = request.principal else {
            return Err(ApiError::forbidden("staff do not place orders"));
        };
        let order = convert::new_order(customer, request.body, request.idempotency_key);
        let order = self.store.place_order(order).await.map_err(convert::placing_refusal)?;
        let location = format!("/orders/{}", order.id);
        Ok(CreateOrderResponse::Created { body: convert::order(order)?, location })
    }

    async fn stream_order_events(
        &self,
        request: StreamOrderEvents<Viewer>,
    ) -> Result<StreamOrderEventsResponse, ApiError> {
        let last = request.last_event_id.map(|id| id.parse()).transpose()?;
        let order_id = request.order_id.map(types::OrderId::into_inner);
        let events = events::follow(&self.store, request.principal, order_id, last, self.closing.clone());
        Ok(StreamOrderEventsResponse::Ok(events))
    }

    async fn get_order(&self, request: GetOrder<Viewer>) -> Result<GetOrderResponse, ApiError> {
        let order = self.store.order(request.principal, request.order_id.into_inner()).await;
        Ok(GetOrderResponse::Ok(convert::order(order.map_err(convert::refusal)?)?))
    }

    async fn update_order(&self, request: UpdateOrder<Viewer>) -> Result<UpdateOrderResponse, ApiError> {
        let change = convert::order_change(request.body);
        let order = self.store.change_order(request.principal, request.order_id.into_inner(), change).await;
        Ok(UpdateOrderResponse::Ok(convert::order(order.map_err(convert::refusal)?)?))
    }

    async fn delete_order(&self, request: DeleteOrder<Viewer>) -> Result<DeleteOrderResponse, ApiError> {
        self.store.delete_order(request.order_id.into_inner()).await.map_err(convert::refusal)?;
        Ok(DeleteOrderResponse::NoContent)
    }

    async fn cancel_order(&self, request: CancelOrder<Viewer>) -> Result<CancelOrderResponse, ApiError> {
        let change = OrderChange { status: Some(Status::Cancelled), ..OrderChange::default() };
        let order = self.store.change_order(request.principal, request.order_id.into_inner(), change).await;
        Ok(CancelOrderResponse::Ok(convert::order(order.map_err(convert::refusal)?)?))
    }
}
