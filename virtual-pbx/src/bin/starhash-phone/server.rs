//! The page of `cargo phone`: files and a WebSocket, for browsers on this machine that know the address.
//!
//! Loopback only. The first segment of the path is a random token, so no other page and no other user can guess the
//! address; a foreign `Host` (DNS rebinding) and a foreign `Origin` (another site's script) are refused.

mod files;
mod page;
mod pages;
#[cfg(test)]
mod tests;

pub use pages::Pages;
#[cfg(test)]
pub use pages::Told;

use std::fmt::Write;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::mpsc::SyncSender;

use axum::Router;
use axum::extract::{FromRequestParts, Request, State, WebSocketUpgrade};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

use crate::live::Inbox;

/// The exit code of a program that Ctrl+C ended: 128 and the signal's number.
const INTERRUPTED: i32 = 130;
/// Bytes of the longest message of a page.
const LONGEST: usize = 4096;
/// Everything the page needs is its own; nothing may be framed, cached or sent on.
const HEADERS: [(HeaderName, &str); 5] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
         frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::CACHE_CONTROL, "no-store"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// The running server; dropping it ends it.
pub struct Server {
    /// Where the page is, with the token.
    pub address: String,
    /// What the pages are shown.
    pub pages: Arc<Pages>,
    _runtime: Runtime,
}

/// What every request needs.
#[derive(Clone)]
struct Door {
    token: Arc<str>,
    /// As a browser writes it in `Host`: 127.0.0.1 and the port, or localhost.
    hosts: Arc<[String; 2]>,
    pages: Arc<Pages>,
    world: SyncSender<Inbox>,
}

/// 128 random bits in hexadecimal.
pub fn new_token() -> io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

impl Server {
    /// Serves on this port of the loopback interface (0: any), on threads of its own. Ctrl+C is told to the world.
    pub fn start(port: u16, world: SyncSender<Inbox>) -> Result<Self, String> {
        let trouble = |error: io::Error| format!("port {port} of 127.0.0.1: {error}; take another one with --port");
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(trouble)?;
        let listener =
            runtime.block_on(TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))).map_err(trouble)?;
        let port = listener.local_addr().map_err(trouble)?.port();
        let token = new_token().map_err(trouble)?;
        let pages = Arc::new(Pages::default());
        let door = Door {
            token: token.as_str().into(),
            hosts: Arc::new([format!("127.0.0.1:{port}"), format!("localhost:{port}")]),
            pages: pages.clone(),
            world: world.clone(),
        };
        let router = Router::new().fallback(serve).with_state(door);
        runtime.spawn(async move { axum::serve(listener, router).await });
        runtime.spawn(async move {
            let mut asked = false;
            while tokio::signal::ctrl_c().await.is_ok() {
                // A world that hears nothing is left as it is; its phone ends with its input.
                if asked || world.try_send(Inbox::Quit).is_err() {
                    std::process::exit(INTERRUPTED);
                }
                asked = true;
            }
        });
        Ok(Self { address: format!("http://127.0.0.1:{port}/{token}/"), pages, _runtime: runtime })
    }
}

async fn serve(State(door): State<Door>, request: Request) -> Response {
    let mut response = answer(door, request).await.unwrap_or_else(IntoResponse::into_response);
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

async fn answer(door: Door, request: Request) -> Result<Response, (StatusCode, &'static str)> {
    let (mut parts, _) = request.into_parts();
    check_host(&door, &parts.headers)?;
    let path = parts.uri.path().trim_start_matches('/');
    let (token, file) = path.split_once('/').unwrap_or((path, ""));
    if !same(token, &door.token) {
        return Err((StatusCode::FORBIDDEN, "The address is incomplete: open the one that cargo phone printed.\n"));
    }
    if !path.contains('/') {
        // Without the slash the page would look for its files one level too high.
        return Ok((StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, format!("/{token}/"))]).into_response());
    }
    if file == "ws" {
        check_origin(&door, &parts.headers)?;
        let upgrade = WebSocketUpgrade::from_request_parts(&mut parts, &()).await;
        let upgrade = upgrade.map_err(|_| (StatusCode::BAD_REQUEST, "Only a WebSocket is spoken here.\n"))?;
        let upgrade = upgrade.max_message_size(LONGEST).max_frame_size(LONGEST);
        return Ok(upgrade.on_upgrade(move |socket| page::talk(socket, door.pages, door.world)));
    }
    let (kind, text) = files::find(file).ok_or((StatusCode::NOT_FOUND, "There is no such file.\n"))?;
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}

fn check_host(door: &Door, headers: &HeaderMap) -> Result<(), (StatusCode, &'static str)> {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let known = host.is_some_and(|host| door.hosts.iter().any(|known| known == host));
    if known { Ok(()) } else { Err((StatusCode::FORBIDDEN, "This host is not served here.\n")) }
}

/// A browser always names the page that opens a WebSocket; no other page may.
fn check_origin(door: &Door, headers: &HeaderMap) -> Result<(), (StatusCode, &'static str)> {
    let origin = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    let host = origin.and_then(|origin| origin.strip_prefix("http://"));
    let known = host.is_some_and(|host| door.hosts.iter().any(|known| known == host));
    if known { Ok(()) } else { Err((StatusCode::FORBIDDEN, "This page may not be driven from elsewhere.\n")) }
}

/// Compares in a time that does not tell how much of it was right.
fn same(given: &str, token: &str) -> bool {
    given.len() == token.len() && given.bytes().zip(token.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}
