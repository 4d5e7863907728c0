//! The webhook of the contract: tells one subscriber what happens to orders.

use std::time::Duration;

use counterpart_runtime::client::Destinations;
use counterpart_runtime::encode;
use counterpart_runtime::stream::BoxError;
use sha2::{Digest, Sha256};
use tokio::sync::watch;

use super::{convert, events::Follower};
use crate::orders::types::OrderEvent;
use crate::orders::webhooks::Sender;
use crate::orders::webhooks::client::OrderChangedError;
use crate::store::{Store, Viewer};

/// The contract gives a subscriber so long to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long to wait before an event is sent again; twice as long each time, up to the longest.
const PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Who wants to be told.
#[derive(Clone)]
pub struct Subscriber {
    /// Where to.
    pub url: String,
    /// What events are signed with.
    pub secret: String,
}

/// Tells `subscriber` of every event from now on, one after the other, until it wants no more or the shop closes. What
/// it has been told is not remembered from one start of the shop to the next.
///
/// # Errors
/// If the store cannot be read, or nothing can be sent at all.
pub async fn announce(
    store: Store,
    subscriber: Subscriber,
    mut closing: watch::Receiver<bool>,
) -> Result<(), BoxError> {
    // Whoever starts the shop names the subscriber, so it may be on this machine.
    let sender = Sender::builder().timeout(PATIENCE).destinations(Destinations::any()).build()?;
    let mut follower = Follower::new(&store, Viewer::Staff, None, None, closing.clone());
    while let Some(event) = follower.next().await? {
        let event = convert::event(event)?;
        let wanted = tokio::select! {
            wanted = deliver(&sender, &subscriber, &event) => wanted?,
            _ = closing.wait_for(|closing| *closing) => false,
        };
        if !wanted {
            break;
        }
    }
    Ok(())
}

/// Sends an event until it is received; says whether the next one is wanted, too.
async fn deliver(sender: &Sender, subscriber: &Subscriber, event: &OrderEvent) -> Result<bool, BoxError> {
    let signature = signature(subscriber.secret.as_bytes(), &encode(event)?);
    let mut pause = PAUSE;
    loop {
        let sent = sender.order_changed(&subscriber.url, &signature, event).send().await;
        let Err(error) = sent else { return Ok(true) };
        if let Some(OrderChangedError::Gone) = error.declared() {
            tracing::info!("the subscriber wants no more events");
            return Ok(false);
        }
        tracing::warn!(%error, ?pause, "an event was not received; it is sent again");
        tokio::time::sleep(pause).await;
        pause = LONGEST_PAUSE.min(pause * 2);
    }
}

/// HMAC (RFC 2104) with SHA-256, in hexadecimal.
fn signature(secret: &[u8], body: &[u8]) -> String {
    let mut key = [0u8; 64];
    let digest = Sha256::digest(secret);
    let secret = if secret.len() > key.len() { digest.as_slice() } else { secret };
    for (slot, byte) in key.iter_mut().zip(secret) {
        *slot = *byte;
    }
    let hash = |mask: u8, text: &[u8]| {
        Sha256::new().chain_update(key.map(|byte| byte ^ mask)).chain_update(text).finalize()
    };
    let outer = hash(0x5c, hash(0x36, body).as_slice());
    outer.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::signature;

    /// RFC 4231, test cases 2 and 6.
    #[test]
    fn signatures_are_those_of_the_standard() {
        let text = signature(b"Jefe", b"what do ya want for nothing?");
        assert_eq!(text, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        let text = signature(&[0xaa; 131], b"Test Using Larger Than Block-Size Key - Hash Key First");
        assert_eq!(text, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    }
}
