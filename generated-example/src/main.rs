//! A small shop: specs/orders.yaml served from one SQLite file.

use std::io::IsTerminal;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use generated_example::{DEMO_CUSTOMER_KEY, DEMO_STAFF_TOKEN, Store, Subscriber, announce};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tracing_subscriber::EnvFilter;

/// After a request to stop, requests that are under way have this long.
const GRACE: Duration = Duration::from_secs(10);

/// Serves the Paper Lane order shop.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Address to listen on; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// File that keeps products, orders and events; made if it is not there.
    #[arg(long, value_name = "PATH", default_value = "orders.db")]
    database: PathBuf,
    /// Tell this URL of every order that is placed, changed or deleted (the contract's webhook).
    #[arg(long, value_name = "URL")]
    webhook: Option<String>,
    /// What the webhook is signed with.
    #[arg(long, value_name = "TEXT", default_value = "demo-webhook-secret")]
    webhook_secret: String,
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let colours = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours).init();
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), String> {
    let Arguments { listen, database, webhook, webhook_secret } = arguments;
    let store =
        Store::open(&database).map_err(|error| format!("cannot open {}: {error}", database.display()))?;
    let listening = async {
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        std::io::Result::Ok((listener, address))
    };
    let (listener, address) =
        listening.await.map_err(|error| format!("cannot listen on {listen}: {error}"))?;
    let closing = watch::Sender::new(false);
    if let Some(url) = webhook {
        let telling =
            announce(store.clone(), Subscriber { url, secret: webhook_secret }, closing.subscribe());
        tokio::spawn(async move {
            if let Err(error) = telling.await {
                tracing::error!(error, "the webhook is not sent any more");
            }
        });
    }
    let app = generated_example::app(store, closing.subscribe());
    println!("{}", welcome(address, &database));
    serve(listener, app, closing).await.map_err(|error| format!("stopped serving: {error}"))
}

/// Serves until asked to stop; then takes no new connections and waits for those that are there, but not for ever.
async fn serve(
    listener: TcpListener,
    app: axum::Router,
    closing: watch::Sender<bool>,
) -> std::io::Result<()> {
    let mut closed = closing.subscribe();
    let serving = axum::serve(listener, app).with_graceful_shutdown(async move {
        stop_signal().await;
        tracing::info!("stopping");
        closing.send_replace(true);
    });
    let overdue = async {
        // An error would mean that nobody can ask to stop any more.
        if closed.wait_for(|closed| *closed).await.is_err() {
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        done = serving => done,
        () = overdue => {
            tracing::warn!("some requests did not end in time");
            Ok(())
        }
    }
}

/// Ctrl-C, or on Unix what `kill` sends.
async fn stop_signal() {
    let interrupt = async {
        // Without a handler for the signal it still ends the process, only less politely.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => tokio::select! {
                () = interrupt => {}
                _ = terminate.recv() => {}
            },
            Err(_) => interrupt.await,
        }
    }
    #[cfg(not(unix))]
    interrupt.await;
}

/// What to do next, ready to be pasted.
fn welcome(address: SocketAddr, database: &std::path::Path) -> String {
    let database = database.display();
    format!(
        r#"Paper Lane listens on http://{address} and keeps its orders in {database}.

Look at the products, place an order as the demo customer, see all orders as staff:

  curl 'http://{address}/products?limit=2'

  curl http://{address}/orders -H 'X-Api-Key: {DEMO_CUSTOMER_KEY}' -H 'Content-Type: application/json' -d '{{
    "customer": {{"email": "ines@example.com", "name": "Ines Castro"}},
    "items": [{{"sku": "INK-0042", "quantity": 2}}],
    "payment": {{"method": "voucher", "code": "WXYZ-2345-ABCD"}},
    "shipTo": {{"recipient": "Ines Castro", "street": "Rua do Loureiro 14", "postalCode": "4000-326",
               "city": "Porto", "country": "PT"}}}}'

  curl http://{address}/orders -H 'Authorization: Bearer {DEMO_STAFF_TOKEN}'

Ctrl-C stops it."#
    )
}
