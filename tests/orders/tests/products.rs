//! Products through the generated client.

use counterpart_runtime::File;
use test_orders::orders::client::{
    DownloadProductImageError, DownloadProductImageOk, GetProductError, ListProductsOk,
};
use test_orders::orders::types::{self, Category, ListProductsSortItem as Sort};
use test_orders::{sku, start};

#[tokio::test]
async fn products_are_listed_filtered_and_sorted() {
    let service = start().await;
    let client = service.stranger();
    let ListProductsOk { body, x_total_count } = client.list_products().limit(3).send().await.unwrap();
    assert_eq!((body.items.len(), x_total_count), (3, 7));
    let money = |cents: i64| Some(types::Money::try_from(cents).unwrap());
    let range = types::MoneyRange { min: money(900), max: money(5000) };
    let request = client.list_products().category(&[Category::Pens, Category::Ink]).price(&range);
    let request = request.in_stock(true).sort(&[Sort::MinusPrice, Sort::Title]);
    let ListProductsOk { body, x_total_count } = request.send().await.unwrap();
    let skus: Vec<&str> = body.items.iter().map(|product| product.sku.as_str()).collect();
    assert_eq!((skus, x_total_count), (vec!["PEN-0007", "INK-0042", "PEN-0011"], 3));
    let ListProductsOk { body, .. } = client.list_products().q("a5").limit(1).offset(1).send().await.unwrap();
    assert_eq!(body.items.len(), 1);
}

#[tokio::test]
async fn a_product_is_shown_to_the_gram() {
    let service = start().await;
    let product = service.stranger().get_product(&sku("INK-0042")).send().await.unwrap();
    assert_eq!(product.weight.map(|weight| weight.to_string()).as_deref(), Some("0.085"));
    assert_eq!((*product.price, product.image), (1290, None));
    let error = service.stranger().get_product(&sku("XXX-0000")).send().await.unwrap_err();
    assert!(
        matches!(error.declared(), Some(GetProductError::NotFound(problem)) if problem.status == 404),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_picture_goes_up_and_comes_down() {
    let service = start().await;
    let ink = sku("INK-0042");
    let error = service.stranger().download_product_image(&ink).send().await.unwrap_err();
    assert!(matches!(error.declared(), Some(DownloadProductImageError::NotFound(_))), "{error:?}");
    let bytes: Vec<u8> = (0..=255).cycle().take(50_000).collect();
    let upload = |media: &str| types::ImageUpload {
        metadata: types::ImageMetadata { alt: "A bottle".to_owned(), keywords: Some(vec!["ink".to_owned()]) },
        file: File::new(bytes.clone()).named("ink.png").with_content_type(media),
    };
    let image = service.staff().upload_product_image(&ink, &upload("image/png")).send().await.unwrap();
    assert_eq!((image.size, image.media_type), (50_000, types::ProductImageMediaType::ImagePng));
    let DownloadProductImageOk { body, content_disposition } =
        service.stranger().download_product_image(&ink).send().await.unwrap();
    assert_eq!(content_disposition, "inline; filename=\"ink-0042.png\"");
    assert_eq!(body.collect(100_000).await.unwrap(), bytes);
    let product = service.stranger().get_product(&ink).send().await.unwrap();
    assert_eq!(product.image.map(|image| image.alt).as_deref(), Some("A bottle"));
    assert!(service.staff().upload_product_image(&ink, &upload("image/gif")).send().await.is_err());
    let error = service.stranger().upload_product_image(&ink, &upload("image/png")).send().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401), "{error:?}");
}
