//! Where webhooks and callbacks may go: their URLs came from outside, and must not lead to what only this machine can
//! reach (server-side request forgery).

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{ClientBuilder, Url};

use super::error::RequestError;
use crate::stream::BoxError;

/// Which URLs a client may be given.
///
/// Names are judged by what they lead to when a connection is made, so a name cannot be made to point elsewhere after it
/// was judged. A [`reqwest::Client`] of your own resolves names by itself; then only addresses in the URL are judged.
#[derive(Clone)]
pub struct Destinations(Rule);

#[derive(Clone)]
enum Rule {
    Any,
    Public,
    Hosts(Arc<[String]>),
}

impl Destinations {
    /// Public addresses: no loopback, private, link-local, multicast or reserved ones. Proxies of the environment are
    /// not used, because they would see to the names.
    #[must_use]
    pub fn public() -> Self {
        Self(Rule::Public)
    }

    /// These hosts, wherever they are; `*.example.com` stands for all names below `example.com`.
    #[must_use]
    pub fn hosts<I: IntoIterator<Item: Into<String>>>(hosts: I) -> Self {
        let hosts = hosts.into_iter().map(|host| host.into().to_ascii_lowercase());
        Self(Rule::Hosts(hosts.collect()))
    }

    /// Everywhere: for URLs that nobody from outside can choose, and for tests.
    #[must_use]
    pub fn any() -> Self {
        Self(Rule::Any)
    }

    /// Judges a URL by what it says.
    pub(super) fn admit(&self, url: &Url) -> Result<(), RequestError> {
        let host = url.host_str().unwrap_or_default();
        let admitted = match &self.0 {
            Rule::Any => true,
            Rule::Hosts(hosts) => hosts.iter().any(|allowed| covers(allowed, host)),
            Rule::Public => match host.trim_matches(['[', ']']).parse() {
                Ok(address) => is_public(address),
                Err(_) => {
                    let name = host.trim_end_matches('.');
                    !covers("localhost", name) && !covers("*.localhost", name)
                }
            },
        };
        match (&self.0, admitted) {
            (_, true) => Ok(()),
            (Rule::Hosts(_), false) => Err(RequestError::Destination("its host is none of those allowed")),
            _ => Err(RequestError::Destination("its address is not public")),
        }
    }

    /// Has names judged by their addresses.
    pub(super) fn guard(&self, client: ClientBuilder) -> ClientBuilder {
        match self.0 {
            Rule::Public => client.no_proxy().dns_resolver(Arc::new(PublicNames)),
            Rule::Any | Rule::Hosts(_) => client,
        }
    }
}

impl fmt::Debug for Destinations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Rule::Any => f.write_str("any"),
            Rule::Public => f.write_str("public"),
            Rule::Hosts(hosts) => f.debug_list().entries(hosts.iter()).finish(),
        }
    }
}

fn covers(allowed: &str, host: &str) -> bool {
    match allowed.strip_prefix('*') {
        Some(domain) => host.len() > domain.len() && host.ends_with(domain),
        None => host == allowed,
    }
}

/// Resolves names to their public addresses, and fails where there is none.
struct PublicNames;

impl Resolve for PublicNames {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<SocketAddr> = found.filter(|address| is_public(address.ip())).collect();
            if public.is_empty() {
                return Err(BoxError::from("the host of the URL has no public address"));
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

/// Whether anybody could reach the address (RFC 6890 and the registries it set up).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let reserved = match address.octets() {
        // "This network", shared addresses, protocol assignments, benchmarks, the former class E.
        [0, ..] | [192, 0, 0, _] | [198, 18..=19, ..] | [240..=255, ..] => true,
        [100, second, ..] => second & 0xC0 == 64,
        _ => false,
    };
    !(reserved
        || address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || address.is_multicast())
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match address.segments() {
        // Addresses that hold one of version 4: mapped, translated (RFC 6052), 6to4.
        [0, 0, 0, 0, 0, 0xFFFF, high, low] | [0x64, 0xFF9B, 0, 0, 0, 0, high, low] => embedded(high, low),
        [0x2002, high, low, ..] => embedded(high, low),
        // Protocol assignments, Teredo among them, and documentation.
        [0x2001, 0..=0x1FF | 0xDB8, ..] | [0x3FFF, 0..=0xFFF, ..] => false,
        // Global unicast (RFC 4291, section 2.4); all else is loopback, local, multicast or not assigned.
        [first, ..] => first & 0xE000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admits(destinations: &Destinations, url: &str) -> bool {
        destinations.admit(&Url::parse(url).unwrap()).is_ok()
    }

    #[test]
    fn only_public_addresses_are() {
        let public = Destinations::public();
        for url in [
            "https://hooks.example/a",
            "http://8.8.8.8/",
            "http://[2606:4700::1111]/",
            "http://[64:ff9b::808:808]/",
        ] {
            assert!(admits(&public, url), "{url}");
        }
        for url in [
            "http://localhost/",
            "http://LOCALHOST./",
            "http://a.localhost:80/",
            "http://127.0.0.1/",
            "http://127.1/",
            "http://2130706433/",
            "http://0x7f.0.0.1/",
            "http://0.0.0.0/",
            "http://10.1.2.3/",
            "http://172.16.0.1/",
            "http://192.168.1.1/",
            "http://169.254.169.254/latest",
            "http://100.64.0.1/",
            "http://198.18.0.1/",
            "http://224.0.0.1/",
            "http://255.255.255.255/",
            "http://[::1]/",
            "http://[::]/",
            "http://[fe80::1]/",
            "http://[fc00::1]/",
            "http://[ff02::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:10.0.0.1]/",
            "http://[64:ff9b::a00:1]/",
            "http://[2002:7f00:1::]/",
            "http://[2001:db8::1]/",
            "http://[2001::1]/",
            "http://[3fff::1]/",
        ] {
            assert!(!admits(&public, url), "{url}");
        }
    }

    #[test]
    fn hosts_are_named_or_below_a_name() {
        let hosts = Destinations::hosts(["hooks.Example", "*.partner.example", "10.0.0.1"]);
        for url in ["https://HOOKS.example/", "https://a.b.partner.example/", "http://10.0.0.1:8080/"] {
            assert!(admits(&hosts, url), "{url}");
        }
        for url in [
            "https://example/",
            "https://partner.example/",
            "https://evilpartner.example/",
            "http://10.0.0.2/",
        ] {
            assert!(!admits(&hosts, url), "{url}");
        }
    }

    #[tokio::test]
    async fn names_are_judged_by_their_addresses() {
        let name = "localhost".parse().unwrap();
        assert!(PublicNames.resolve(name).await.is_err());
    }
}
