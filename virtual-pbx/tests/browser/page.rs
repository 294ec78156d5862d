//! The page as somebody has it before them: looked at, and touched with a mouse and a keyboard alone.

use fantoccini::actions::{InputSource, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

/// How long anything may take: the machine may be busy with other things.
const PATIENCE: Duration = Duration::from_secs(30);
/// A finger's tap.
const TAP: Duration = Duration::from_millis(60);
/// A finger's way over the screen.
const DRAG: Duration = Duration::from_millis(400);
/// Red, green and blue of every sixth pixel of every sixth row of the phone's screen.
const PIXELS: &str = "
    const screen = document.getElementById('screen'), [w, h] = [screen.width, screen.height];
    const data = screen.getContext('2d').getImageData(0, 0, w, h).data, pixels = [];
    for (let y = 0; y < h; y += 6) for (let x = 0; x < w; x += 6) {
        const at = (y * w + x) * 4;
        pixels.push(data[at] << 16 | data[at + 1] << 8 | data[at + 2]);
    }
    return [Math.ceil(w / 6), pixels];";

/// A page in a browser window of its own.
pub struct Page {
    runtime: Runtime,
    client: Client,
}

/// Some pixels of the phone's screen, as `0xRRGGBB`.
#[derive(Debug, PartialEq, Eq)]
pub struct Picture {
    /// Pixels in a row.
    width: usize,
    pixels: Vec<u64>,
}

impl Picture {
    /// Which part of the screen is another one, 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "a screen has far fewer pixels than 2^52")]
    pub fn differs(&self, other: &Self) -> f64 {
        if self.width != other.width || self.pixels.len() != other.pixels.len() {
            return 1.0;
        }
        let other_ones = self.pixels.iter().zip(&other.pixels).filter(|(a, b)| a != b).count();
        other_ones as f64 / self.pixels.len() as f64
    }

    pub fn is_landscape(&self) -> bool {
        self.width * self.width > self.pixels.len()
    }

    /// Mean brightness, 0 to 255.
    pub fn brightness(&self) -> u64 {
        let sum = |pixel: &u64| (pixel >> 16) + (pixel >> 8 & 0xFF) + (pixel & 0xFF);
        self.pixels.iter().map(sum).sum::<u64>() / (3 * self.pixels.len() as u64)
    }
}

/// The browser ends with its page, also when a test fails: nobody else would end it.
impl Drop for Page {
    fn drop(&mut self) {
        let _ = self.runtime.block_on(self.client.clone().close());
    }
}

impl Page {
    /// Opens an address in a window of this size, in a browser that speaks this language.
    pub fn open(driver: &str, address: &str, (width, height): (u32, u32), lang: &str) -> Self {
        let runtime = Runtime::new().unwrap();
        let Value::Object(capabilities) = json!({ "goog:chromeOptions": {
            // Without a sandbox: Chromium refuses to have one as root, as CI runs, and the page is our own.
            "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
                "--disable-background-networking", "--disable-component-update", "--disable-quic",
                format!("--lang={lang}"), format!("--window-size={width},{height}")],
        } }) else {
            panic!("not an object");
        };
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client = runtime.block_on(builder.capabilities(capabilities).connect(driver)).unwrap();
        runtime.block_on(client.goto(address)).unwrap();
        Self { runtime, client }
    }

    /// What a script returns. For looking only: whatever the tests do, they do by [`Page::click`] and a finger.
    pub fn look(&self, script: &str) -> Value {
        self.runtime.block_on(self.client.execute(script, Vec::new())).unwrap()
    }

    fn element(&self, css: &str) -> Element {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(css));
        self.runtime.block_on(found).unwrap_or_else(|error| panic!("{css}: {error}; the page says {}", self.why()))
    }

    fn why(&self) -> Value {
        self.look("return [document.body.dataset.why, document.getElementById('sentence').textContent]")
    }

    /// Waits until there is such an element.
    pub fn sees(&self, css: &str) {
        self.element(css);
    }

    /// Waits until a script returns true.
    pub fn until(&self, what: &str, script: &str) {
        let end = Instant::now() + PATIENCE;
        while self.look(script) != Value::Bool(true) {
            assert!(Instant::now() < end, "{what}: not within {PATIENCE:?}; the page says {}", self.why());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Clicks an element, as soon as it can be clicked.
    pub fn click(&self, css: &str) {
        let end = Instant::now() + PATIENCE;
        while let Err(error) = self.runtime.block_on(self.element(css).click()) {
            assert!(Instant::now() < end, "{css}: {error}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Chooses in a list.
    pub fn choose(&self, css: &str, value: &str) {
        self.runtime.block_on(self.element(css).select_by_value(value)).unwrap();
    }

    /// Types on the keyboard, into the phone's screen.
    pub fn keys(&self, text: &str) {
        self.runtime.block_on(self.element("#screen").send_keys(text)).unwrap();
    }

    /// Taps the phone's screen with the mouse: parts of its width and height, 0 to 1.
    pub fn touch(&self, x: f64, y: f64) {
        self.hold((x, y), TAP);
    }

    /// Keeps the mouse pressed for so long at a place of the phone's screen.
    pub fn hold(&self, place: (f64, f64), duration: Duration) {
        self.finger(place, PointerAction::Pause { duration });
    }

    /// Drags the phone's screen with the mouse from one place to another.
    pub fn drag(&self, from: (f64, f64), to: (f64, f64)) {
        self.finger(from, self.move_to(to, Some(DRAG)));
    }

    /// What the mouse does while it is pressed, from this place on.
    fn finger(&self, from: (f64, f64), pressed: PointerAction) {
        let actions = MouseActions::new("mouse".to_owned())
            .then(self.move_to(from, None))
            .then(PointerAction::Down { button: 0 })
            .then(pressed)
            .then(PointerAction::Up { button: 0 });
        self.runtime.block_on(self.client.perform_actions(actions)).unwrap();
    }

    fn move_to(&self, (x, y): (f64, f64), duration: Option<Duration>) -> PointerAction {
        let element = self.element("#screen");
        let (_, _, width, height) = self.runtime.block_on(element.rectangle()).unwrap();
        PointerAction::MoveToElement { element, duration, x: (x - 0.5) * width, y: (y - 0.5) * height }
    }

    /// The phone's screen now.
    pub fn picture(&self) -> Picture {
        let (width, pixels) = serde_json::from_value(self.look(PIXELS)).unwrap();
        Picture { width, pixels }
    }

    /// Waits until at least `part` of the phone's screen is another than in `old` and has come to rest.
    pub fn changed(&self, old: &Picture, part: f64) -> Picture {
        let end = Instant::now() + PATIENCE;
        let mut last = self.picture();
        loop {
            std::thread::sleep(Duration::from_millis(250));
            let now = self.picture();
            // A timer may run, a symbol may light up.
            if now.differs(old) >= part && now.differs(&last) < 0.01 {
                return now;
            }
            assert!(Instant::now() < end, "{} of the screen has changed, not {part}; {}", now.differs(old), self.why());
            last = now;
        }
    }

    /// Waits until the app is open: it is bright, the home screen before it is dark.
    pub fn bright(&self) {
        let end = Instant::now() + PATIENCE;
        while self.picture().brightness() < 200 {
            assert!(Instant::now() < end, "the app has not been opened within {PATIENCE:?}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Photographs the window.
    pub fn photograph(&self, file: &Path) {
        let png = self.runtime.block_on(self.client.screenshot()).unwrap();
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, png).unwrap();
    }

    /// What sticks out of the window or is covered, by id: nothing may.
    pub fn hidden(&self) -> Vec<String> {
        let script = "
            const out = [];
            for (const e of document.querySelectorAll('button, select, canvas, #sentence, #journal')) {
                if (e.closest('#journal ol, #journal li')) continue;
                const r = e.getBoundingClientRect();
                if (r.width === 0) continue;
                const inside = r.left >= 0 && r.top >= 0 && r.right <= innerWidth + 0.5 && r.bottom <= innerHeight + 0.5;
                const top = document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2);
                if (!inside || !(e.contains(top) || top?.contains(e))) out.push(e.id || e.textContent);
            }
            if (document.documentElement.scrollWidth > innerWidth) out.push('sideways');
            return out;";
        serde_json::from_value(self.look(script)).unwrap()
    }
}
