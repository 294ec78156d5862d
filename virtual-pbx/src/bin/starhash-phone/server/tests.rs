//! Who is let in, and what is made of what they say.

use super::*;
use crate::live::{Action, Command, Ear};
use serde_json::{Value, json};
use std::io::{Read, Write as _};
use std::net::TcpStream;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Duration;
use tungstenite::client::IntoClientRequest;
use tungstenite::{Error, Message, WebSocket};

struct Served {
    server: Server,
    inbox: Receiver<Inbox>,
}

type Browser = WebSocket<TcpStream>;

impl Served {
    fn new() -> Self {
        let (send, inbox) = sync_channel(8);
        Self { server: Server::start(0, send).unwrap(), inbox }
    }

    /// `127.0.0.1:PORT` and the token.
    fn address(&self) -> (String, String) {
        let mut parts = self.server.address.trim_start_matches("http://").split('/').map(str::to_owned);
        (parts.next().unwrap(), parts.next().unwrap())
    }

    /// The whole answer to a GET.
    fn get(&self, path: &str, headers: &str) -> String {
        let mut stream = TcpStream::connect(self.address().0).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn get_here(&self, path: &str) -> String {
        self.get(path, &format!("Host: {}\r\n", self.address().0))
    }

    /// The status of an attempt to open the WebSocket, or the open one.
    fn open(&self, path: &str, origin: Option<&str>) -> Result<Browser, u16> {
        let (host, _) = self.address();
        let mut request = format!("ws://{host}{path}").into_client_request().unwrap();
        if let Some(origin) = origin {
            request.headers_mut().insert("origin", origin.parse().unwrap());
        }
        let stream = TcpStream::connect(host).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        match tungstenite::client(request, stream) {
            Ok((browser, _)) => Ok(browser),
            Err(tungstenite::HandshakeError::Failure(Error::Http(answer))) => Err(answer.status().as_u16()),
            Err(other) => panic!("{other}"),
        }
    }

    fn page(&self) -> Browser {
        let (host, token) = self.address();
        self.open(&format!("/{token}/ws"), Some(&format!("http://{host}"))).unwrap()
    }

    /// What the world is asked next.
    fn command(&self) -> Command {
        match self.inbox.recv_timeout(Duration::from_secs(5)).unwrap() {
            Inbox::Page(request) => request.command,
            _ => panic!("only pages speak here"),
        }
    }
}

fn say(browser: &mut Browser, message: &Value) {
    browser.send(Message::text(message.to_string())).unwrap();
}

/// The next message, which must be an error's text.
fn refusal(browser: &mut Browser) -> String {
    let message: Value = serde_json::from_str(browser.read().unwrap().to_text().unwrap()).unwrap();
    assert_eq!(message["type"], "error");
    message["text"].as_str().unwrap().to_owned()
}

/// Reads until the connection is closed; the code and the reason.
fn closed(browser: &mut Browser) -> (u16, String) {
    loop {
        match browser.read() {
            Ok(Message::Close(Some(frame))) => return (frame.code.into(), frame.reason.to_string()),
            Ok(_) => {}
            Err(error) => panic!("{error}"),
        }
    }
}

#[test]
fn the_page_is_for_those_who_know_its_address() {
    let served = Served::new();
    let (_, token) = served.address();
    assert_eq!(token.len(), 32);
    let page = served.get_here(&format!("/{token}/"));
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    for header in
        ["content-security-policy: default-src 'none'", "cache-control: no-store", "x-content-type-options: nosniff"]
    {
        assert!(page.to_lowercase().contains(header), "{header}: {page}");
    }
    assert!(!page.to_lowercase().contains("set-cookie"));
    let cut = served.get_here(&format!("/{token}"));
    assert!(cut.starts_with("HTTP/1.1 308") && cut.contains(&format!("location: /{token}/")), "{cut}");
    assert!(served.get_here(&format!("/{token}/page.js")).contains("text/javascript"));
    assert!(served.get_here(&format!("/{token}/../Cargo.toml")).starts_with("HTTP/1.1 404"));
    let wrong = token.chars().rev().collect::<String>();
    for path in [
        "/".to_owned(),
        "/page.js".to_owned(),
        format!("/{wrong}/"),
        format!("/{}/", &token[..31]),
        format!("/{token}0/"),
    ] {
        assert!(served.get_here(&path).starts_with("HTTP/1.1 403"), "{path}");
    }
}

#[test]
fn a_foreign_host_or_origin_is_refused() {
    let served = Served::new();
    let (host, token) = served.address();
    let port = host.rsplit(':').next().unwrap();
    let page = format!("/{token}/");
    for known in [host.clone(), format!("localhost:{port}")] {
        assert!(served.get(&page, &format!("Host: {known}\r\n")).starts_with("HTTP/1.1 200"), "{known}");
    }
    for foreign in
        ["example.org".to_owned(), format!("example.org:{port}"), "127.0.0.1".to_owned(), format!("{host}.example.org")]
    {
        assert!(served.get(&page, &format!("Host: {foreign}\r\n")).starts_with("HTTP/1.1 403"), "{foreign}");
    }
    let ws = format!("/{token}/ws");
    assert!(served.open(&ws, Some(&format!("http://localhost:{port}"))).is_ok());
    for foreign in
        [None, Some("http://example.org"), Some("null"), Some("http://127.0.0.1:1"), Some("https://127.0.0.1")]
    {
        assert_eq!(served.open(&ws, foreign).err(), Some(403), "{foreign:?}");
    }
    assert_eq!(served.open("/0/ws", Some(&format!("http://{host}"))).err(), Some(403));
    assert!(served.get_here(&ws).starts_with("HTTP/1.1 403"), "no origin at all");
}

#[test]
fn what_is_not_understood_is_refused_and_the_page_goes_on() {
    let served = Served::new();
    let mut browser = served.page();
    for (said, why) in [
        (json!("hello"), "not understood"),
        (json!({ "do": "dance" }), "unknown variant `dance`"),
        (json!({ "do": "power", "why": 1 }), "unknown field `why`"),
        (json!({ "do": "pointer", "action": "down", "x": -1, "y": 0 }), "-1"),
        (json!({ "do": "client", "act": "sing" }), "unknown variant `sing`"),
    ] {
        say(&mut browser, &said);
        let text = refusal(&mut browser);
        assert!(text.contains(why) && text.contains("docs/page-protocol.md"), "{text}");
    }
    browser.send(Message::text("{")).unwrap();
    assert!(refusal(&mut browser).contains("not understood"));
    say(&mut browser, &json!({ "do": "power" }));
    assert!(matches!(served.command(), Command::Power {}));
}

#[test]
fn what_is_too_long_or_no_text_ends_that_page_alone() {
    let served = Served::new();
    let mut other = served.page();
    let mut browser = served.page();
    // As long as it may be.
    let text = "x".repeat(LONGEST - json!({ "do": "type", "text": "" }).to_string().len());
    say(&mut browser, &json!({ "do": "type", "text": text }));
    assert!(matches!(served.command(), Command::Type { text } if text.len() > 4000));
    say(&mut browser, &json!({ "do": "type", "text": format!("{text}x") }));
    assert_eq!(closed(&mut browser).0, 1009);
    let mut browser = served.page();
    browser.send(Message::binary(vec![1, 2, 3])).unwrap();
    assert_eq!(closed(&mut browser).0, 1003);
    say(&mut other, &json!({ "do": "open" }));
    assert!(matches!(served.command(), Command::Open {}));
}

#[test]
fn a_finger_is_lifted_when_its_page_goes_away() {
    let served = Served::new();
    let mut browser = served.page();
    say(&mut browser, &json!({ "do": "pointer", "action": "down", "x": 3, "y": 4 }));
    assert!(matches!(served.command(), Command::Pointer { action: Action::Down, .. }));
    drop(browser);
    assert!(matches!(served.command(), Command::Pointer { action: Action::Cancel, .. }));
}

#[test]
fn a_flood_is_refused_and_loses_nothing_that_was_heard() {
    let served = Served::new();
    let mut browser = served.page();
    for _ in 0..9 {
        say(&mut browser, &json!({ "do": "open" }));
    }
    assert!(refusal(&mut browser).contains("too much at once"));
    for _ in 0..8 {
        assert!(matches!(served.command(), Command::Open {}));
    }
}

#[test]
fn two_pictures_are_under_way_at_most() {
    let served = Served::new();
    let mut frame = vec![0; 8];
    frame.extend([0, 2, 0, 1, 0, 0, 0, 0, 0, 2, 0, 1, 9, 9, 9, 9, 9, 9, 9, 9]);
    served.server.pages.show_frame(&frame).unwrap();
    let mut browser = served.page();
    for _ in 0..2 {
        assert_eq!(browser.read().unwrap().into_data()[..14], [1, 0, 0, 2, 0, 1, 0, 0, 0, 0, 0, 2, 0, 1]);
        served.server.pages.show_frame(&frame).unwrap();
    }
    served.server.pages.tell(&json!({ "type": "clock", "t_us": 1 }));
    assert!(browser.read().unwrap().is_text(), "no picture has been drawn yet");
    say(&mut browser, &json!({ "do": "drawn" }));
    assert!(browser.read().unwrap().is_binary());
}

#[test]
fn a_page_is_told_the_state_the_past_and_the_ear_it_listens_to() {
    let served = Served::new();
    let pages = &served.server.pages;
    let event = crate::journal::Event { t_us: 5, at: "pbx", what: "feature".into(), with: json!({}) };
    pages.tell_event(&event, Some("the code".into())).unwrap();
    pages.show_state(&json!({ "type": "state", "lang": "ru" }));
    let mut browser = served.page();
    let mut next = || serde_json::from_str::<Value>(browser.read().unwrap().to_text().unwrap()).unwrap();
    assert_eq!(next(), json!({ "type": "event", "t_us": 5, "at": "pbx", "do": "feature", "say": "the code" }));
    assert_eq!(next(), json!({ "type": "state", "lang": "ru" }));
    say(&mut browser, &json!({ "do": "listen", "ear": "employee" }));
    // Answered in order: when this comes back, the ear is known.
    say(&mut browser, &json!(0));
    refusal(&mut browser);
    pages.let_hear(Ear::Client, &[1; 160]);
    pages.let_hear(Ear::Employee, &[2; 160]);
    let heard = browser.read().unwrap().into_data();
    assert_eq!(heard[..4], [2, 1, 2, 0]);
}
