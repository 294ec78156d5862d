//! The page of `cargo phone` in a real browser, with the real app behind it, driven by clicks alone.
//!
//! Ignored by `cargo test`: it takes Chromium, its driver and the built app. `cargo verify` has them and runs it.
#![cfg(test)]

mod page;
mod world;

use page::Page;
use serde_json::Value;
use std::path::Path;
use std::time::Duration;
use world::{Driver, World};

/// Where things are on the phone's screen (design.md, "The skeleton"), as parts of its width and height.
const ANSWER: (f64, f64) = (0.75, 0.86);
const ADD_COLLEAGUE: (f64, f64) = (0.5, 0.851);
const FIRST_TILE: (f64, f64) = (0.25, 0.35);
const SLOT_1: (f64, f64) = (0.5, 0.56);
const SLOT_2: (f64, f64) = (0.5, 0.66);
const LOW_IN_THE_LIST: (f64, f64) = (0.5, 0.7);
const HIGH_IN_THE_LIST: (f64, f64) = (0.5, 0.3);
const KEYPAD: (f64, f64) = (0.5, 0.81);
const KEY_5: (f64, f64) = (0.5, 0.5);
/// Longer than any tone the app sends by itself.
const LONG: Duration = Duration::from_millis(600);
/// For so long after a change of stage the screen takes no touch, and a hand takes its time.
const GUARD: Duration = Duration::from_millis(700);

fn photograph(page: &Page, name: &str) {
    page.photograph(&Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("pictures/{name}.png")));
}

fn touch(page: &Page, (x, y): (f64, f64)) {
    std::thread::sleep(GUARD);
    page.touch(x, y);
}

/// From the client's click to the talk; the screen changes at each step.
fn talk(page: &Page) {
    let before = page.picture();
    page.click("#client-call");
    page.sees("#client[data-state=ringing]");
    let ringing = page.changed(&before, 0.1);
    touch(page, ANSWER);
    page.sees("[data-why=talk]");
    page.changed(&ringing, 0.1);
}

/// From the tap on the first tile to the colleague's phone.
fn pass_on(page: &Page) {
    let talking = page.picture();
    touch(page, FIRST_TILE);
    page.sees("[data-why=ringing] #colleague-204-answer:not([hidden])");
    page.changed(&talking, 0.1);
}

/// What a page does that was not written by us: broken, oversized and binary messages, and a flood.
const ABUSE: &str = "
    const talk = (...said) => new Promise((done) => {
        const socket = new WebSocket(new URL('ws', location.href.replace('http', 'ws')));
        socket.onopen = () => said.forEach((one) => socket.send(one));
        socket.onclose = ({ code }) => done(code);
    });
    const flood = Array(3000).fill('{\"do\":\"press\",\"key\":\"tab\"');
    return Promise.all([talk('{', 'x'.repeat(5000)), talk(new Uint8Array(9)), talk(...flood, new Uint8Array(1))]);";

/// Listens with an ear, after silence, until it hears something loud.
fn hears(page: &Page, ear: &str) {
    page.click("#listen-none");
    page.until("silence", "return document.getElementById('level').value === 0");
    page.click(&format!("#listen-{ear}"));
    page.until(&format!("sound in the ear of {ear}"), "return document.getElementById('level').value > 0.02");
}

/// In large letters the colleagues do not all fit; a finger moves them.
fn drags_the_list_in_large_letters(page: &Page) {
    let (bottom, top) = (LOW_IN_THE_LIST, HIGH_IN_THE_LIST);
    let small = page.picture();
    page.choose("#font-scale", "2");
    let large = page.changed(&small, 0.1);
    page.drag(bottom, top);
    let below = page.changed(&large, 0.1);
    photograph(page, "large");
    page.drag(top, bottom);
    page.changed(&below, 0.1);
    page.choose("#font-scale", "1");
    page.changed(&large, 0.1);
}

/// A key of the keypad sounds as long as the finger stays on it.
fn holds_a_key(page: &Page) {
    let talking = page.picture();
    touch(page, KEYPAD);
    let keypad = page.changed(&talking, 0.1);
    photograph(page, "keypad");
    page.hold(KEY_5, LONG);
    touch(page, KEYPAD);
    page.changed(&keypad, 0.1);
}

/// The client holds the employee with music and takes them back.
fn client_holds(page: &Page) {
    page.click("#client-hold");
    page.sees("#client-hold[aria-pressed=true]");
    hears(page, "employee");
    photograph(page, "held by the client");
    assert_eq!(page.hidden(), [""; 0]);
    page.click("#client-hold");
    page.sees("#client-hold[aria-pressed=false]");
}

fn did(events: &[Value], at: &str, what: &str) -> Vec<Value> {
    events.iter().filter(|event| event["at"] == at && event["do"] == what).cloned().collect()
}

#[test]
#[ignore = "needs Chromium and the built app: cargo verify runs it"]
fn a_whole_transfer_by_clicks_alone() {
    let world = World::start("transfer", &["--lang", "ru"]);
    let driver = Driver::start();
    let page = Page::open(&driver.address, &world.address, (1366, 768), "ru");
    page.bright();
    page.sees("html[lang=ru]");
    assert_eq!(page.hidden(), [""; 0]);
    talk(&page);
    assert_eq!(page.hidden(), [""; 0]);
    photograph(&page, "talk");
    assert_eq!(page.look(ABUSE), serde_json::json!([1009, 1003, 1003]), "and the app goes on");
    pass_on(&page);
    hears(&page, "client");
    hears(&page, "employee");
    photograph(&page, "ringing");
    let ringing = page.picture();
    page.click("#colleague-204-answer");
    page.sees("[data-why=consult]");
    photograph(&page, "consultation");
    touch(&page, SLOT_1);
    page.sees("[data-why=joined]");
    page.changed(&ringing, 0.1);
    photograph(&page, "joined");
    assert_eq!(page.hidden(), [""; 0]);
    drop(page);

    let events = world.end();
    let keys: Vec<_> = did(&events, "pbx", "decoded").iter().map(|event| event["key"].clone()).collect();
    assert_eq!(keys, ["*", "#", "2", "0", "4", "#"]);
    assert_eq!(did(&events, "pbx", "target")[0]["number"], "204");
    assert_eq!(did(&events, "pbx", "joined").len(), 1);
    assert_eq!(
        did(&events, "app", "tap").iter().map(|tap| &tap["text"]).collect::<Vec<_>>(),
        ["Ответить", "Анна Петрова", "Соединить"]
    );
    assert!(did(&events, "pbx", "lost").is_empty() && did(&events, "pbx", "leaked").is_empty());
}

#[test]
#[ignore = "needs Chromium and the built app: cargo verify runs it"]
fn what_else_can_happen_in_english_on_a_small_laptop() {
    let world = World::start("small", &["--lang", "en"]);
    let driver = Driver::start();
    let page = Page::open(&driver.address, &world.address, (1280, 720), "en");
    page.bright();
    page.sees("html[lang=en]");
    assert_eq!(page.hidden(), [""; 0]);

    // A colleague's form takes what the keyboard writes, and Back leaves it.
    let list = page.picture();
    touch(&page, ADD_COLLEAGUE);
    photograph(&page, "form");
    let form = page.changed(&list, 0.1);
    page.touch(0.5, 0.262);
    page.keys("Zoe Ivanova, warehouse of the Ivanovo branch");
    page.changed(&form, 0.002);
    page.click("#key-back");
    page.changed(&form, 0.1);

    drags_the_list_in_large_letters(&page);

    // A busy colleague: back to the client by the phone's own button.
    talk(&page);
    page.choose("#colleague-204-mode", "busy");
    touch(&page, FIRST_TILE);
    page.sees("[data-why=failure]");
    hears(&page, "employee");
    touch(&page, SLOT_2);
    page.sees("[data-why=talk]");

    holds_a_key(&page);
    client_holds(&page);

    // The network holds the call and gives it back, another call comes and goes, the phone is turned.
    page.click("#network-hold");
    page.sees("#network-hold[aria-pressed=true]");
    page.click("#network-hold");
    page.sees("#network-hold[aria-pressed=false]");
    page.click("#other-call");
    page.sees("#other[data-state=ringing]");
    page.click("#other-hang-up");
    page.sees("#other[data-state=idle]");
    let upright = page.picture();
    page.click("#key-rotate");
    page.sees("body[data-landscape]");
    let turned = page.changed(&upright, 0.5);
    assert!(turned.is_landscape());
    photograph(&page, "turned");
    assert_eq!(page.hidden(), [""; 0]);
    page.click("#key-rotate");
    let upright = page.changed(&turned, 0.5);
    page.click("#key-night");
    page.sees("#key-night[aria-pressed=true]");
    assert!(page.changed(&upright, 0.5).brightness() < 90);
    photograph(&page, "night");
    page.click("#key-lang");
    page.sees("html[lang=ru]");
    assert_eq!(page.hidden(), [""; 0]);

    page.click("#network-drop");
    page.sees("[data-why=over]");
    page.click("#key-power");
    page.until("the screen is off", "return document.getElementById('bezel').classList.contains('off')");
    drop(page);

    let events = world.end();
    assert_eq!(did(&events, "pbx", "returned").len(), 1);
    assert_eq!(did(&events, "line", "dropped").len(), 1);
    let held: Vec<_> = did(&events, "binder", "tone_off").into_iter().filter(|tone| tone["key"] == "5").collect();
    assert!(matches!(&held[..], [tone] if tone["ms"].as_u64() >= Some(500)), "{held:?}");
    assert!(did(&events, "pbx", "joined").is_empty());
    let taps: Vec<_> = did(&events, "app", "tap").iter().map(|tap| tap["text"].clone()).collect();
    assert_eq!(
        taps,
        ["Add a colleague", "Answer", "Anna Petrova", "Back to the client", "Keypad", "5", "Keypad"],
        "a finger that drags taps nothing"
    );
}
