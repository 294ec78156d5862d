//! The phone's screen: changed rectangles come in over a socket, each page takes what has changed since it last drew.

use std::collections::HashMap;
use std::fs;
use std::io::{self, BufReader, Read, Write};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::SyncSender;

use flate2::Compression;
use flate2::write::DeflateEncoder;

use crate::live::Inbox;
use crate::server::{Pages, new_token};

/// Pixels of the largest side a phone may have; anything larger is a broken stream.
const LARGEST: u16 = 4096;
/// Bytes of a frame before its pixels: time, screen, rectangle.
const HEAD: usize = 8 + 12;

/// Part of the screen, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rect {
    pub x: u16,
    pub y: u16,
    pub w: u16,
    pub h: u16,
}

impl Rect {
    /// The smallest rectangle around both.
    fn around(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let right = (self.x + self.w).max(other.x + other.w);
        let bottom = (self.y + self.h).max(other.y + other.h);
        Self { x, y, w: right - x, h: bottom - y }
    }
}

/// The screen as last shown, RGBA, and what each page has not drawn of it yet.
#[derive(Debug, Default)]
pub struct Screen {
    w: u16,
    h: u16,
    pixels: Vec<u8>,
    dirty: HashMap<u64, Option<Rect>>,
    pages: u64,
}

impl Screen {
    /// A new page; its number. It has drawn nothing yet.
    pub fn enter(&mut self) -> u64 {
        self.pages += 1;
        let all = (!self.pixels.is_empty()).then(|| self.whole());
        self.dirty.insert(self.pages, all);
        self.pages
    }

    /// The page is gone.
    pub fn leave(&mut self, page: u64) {
        self.dirty.remove(&page);
    }

    /// What the page has to draw.
    pub fn take(&mut self, page: u64) -> Option<Picture> {
        let rect = self.dirty.get_mut(&page)?.take()?;
        let mut head = vec![1, 0];
        for value in [self.w, self.h, rect.x, rect.y, rect.w, rect.h] {
            head.extend(value.to_be_bytes());
        }
        let mut pixels = Vec::with_capacity(usize::from(rect.w) * usize::from(rect.h) * 4);
        for y in rect.y..rect.y + rect.h {
            pixels.extend(&self.pixels[self.row(rect, y)]);
        }
        Some(Picture { head, pixels })
    }

    fn whole(&self) -> Rect {
        Rect { x: 0, y: 0, w: self.w, h: self.h }
    }

    /// Where the pixels of one row of a rectangle are.
    fn row(&self, rect: Rect, y: u16) -> std::ops::Range<usize> {
        let from = (usize::from(y) * usize::from(self.w) + usize::from(rect.x)) * 4;
        from..from + usize::from(rect.w) * 4
    }

    /// A frame without its length, as docs/desk-protocol.md has it. `Err`: what is wrong with it.
    pub fn put(&mut self, frame: &[u8]) -> Result<(), String> {
        let (head, pixels) = frame.split_at_checked(HEAD).ok_or("a frame without a head")?;
        let value = |n: usize| u16::from_be_bytes([head[8 + 2 * n], head[9 + 2 * n]]);
        let (w, h) = (value(0), value(1));
        let rect = Rect { x: value(2), y: value(3), w: value(4), h: value(5) };
        let inside = u32::from(rect.x) + u32::from(rect.w) <= u32::from(w)
            && u32::from(rect.y) + u32::from(rect.h) <= u32::from(h);
        if !inside || w > LARGEST || h > LARGEST || pixels.len() != usize::from(rect.w) * usize::from(rect.h) * 4 {
            return Err(format!("a frame of {} bytes for {rect:?} of {w}x{h}", pixels.len()));
        }
        if (w, h) != (self.w, self.h) {
            (self.w, self.h) = (w, h);
            self.pixels = vec![0; usize::from(w) * usize::from(h) * 4];
            let all = self.whole();
            self.dirty.values_mut().for_each(|dirty| *dirty = Some(all));
        }
        if rect.w == 0 || rect.h == 0 {
            return Ok(());
        }
        for (y, row) in (rect.y..).zip(pixels.chunks_exact(usize::from(rect.w) * 4)) {
            let place = self.row(rect, y);
            self.pixels[place].copy_from_slice(row);
        }
        for dirty in self.dirty.values_mut() {
            *dirty = Some(dirty.map_or(rect, |old| old.around(rect)));
        }
        Ok(())
    }
}

/// Part of the screen on its way to a page.
#[derive(Debug, PartialEq, Eq)]
pub struct Picture {
    head: Vec<u8>,
    pixels: Vec<u8>,
}

impl Picture {
    /// As a message of docs/page-protocol.md. It takes milliseconds, so nobody should wait for the screen meanwhile.
    pub fn pack(self) -> io::Result<Vec<u8>> {
        let mut packer = DeflateEncoder::new(self.head, Compression::fast());
        packer.write_all(&self.pixels)?;
        packer.finish()
    }
}

/// The socket on which the phone shows its screen; dropping it removes it.
pub struct Socket {
    folder: PathBuf,
    path: PathBuf,
}

impl Socket {
    /// The socket's file.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Listens for the phone, which connects once; its frames go to the pages. The end of the stream is told to the world.
pub fn listen(pages: Arc<Pages>, world: SyncSender<Inbox>) -> Result<Socket, String> {
    let trouble = |error: io::Error| format!("the socket of the phone's screen: {error}");
    // Not under target/: a socket's path may have 108 bytes. The folder is ours alone.
    let folder = std::env::temp_dir().join(format!("starhash-{}", &new_token().map_err(trouble)?[..12]));
    fs::DirBuilder::new().mode(0o700).create(&folder).map_err(trouble)?;
    let socket = Socket { path: folder.join("screen"), folder };
    let listener = UnixListener::bind(&socket.path).map_err(trouble)?;
    fs::set_permissions(&socket.path, fs::Permissions::from_mode(0o600)).map_err(trouble)?;
    std::thread::spawn(move || {
        let end = listener.accept().and_then(|(stream, _)| frames(&mut BufReader::new(stream), &pages));
        let why = end.err().map_or_else(|| "it has ended".to_owned(), |error| error.to_string());
        let _ = world.send(Inbox::NoScreen(format!("the pictures of the phone's screen: {why}")));
    });
    Ok(socket)
}

/// Every frame until the end of the stream.
fn frames(stream: &mut impl Read, pages: &Pages) -> io::Result<()> {
    let most = HEAD + usize::from(LARGEST) * usize::from(LARGEST) * 4;
    let mut frame = Vec::new();
    loop {
        let mut length = [0; 4];
        if let Err(error) = stream.read_exact(&mut length) {
            return if error.kind() == io::ErrorKind::UnexpectedEof { Ok(()) } else { Err(error) };
        }
        let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
        if length > most {
            return Err(io::Error::other(format!("a frame of {length} bytes")));
        }
        frame.resize(length, 0);
        stream.read_exact(&mut frame)?;
        pages.show_frame(&frame).map_err(io::Error::other)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(screen: (u16, u16), rect: [u16; 4], fill: u8) -> Vec<u8> {
        let mut frame = vec![0; 8];
        for value in [screen.0, screen.1].into_iter().chain(rect) {
            frame.extend(value.to_be_bytes());
        }
        frame.extend(vec![fill; usize::from(rect[2]) * usize::from(rect[3]) * 4]);
        frame
    }

    #[test]
    fn a_page_draws_what_has_changed_since_it_last_drew() {
        let mut screen = Screen::default();
        screen.put(&frame((10, 20), [0, 0, 10, 20], 1)).unwrap();
        let page = screen.enter();
        assert_eq!(screen.take(page).unwrap().pixels, vec![1; 10 * 20 * 4]);
        assert_eq!(screen.take(page), None);
        screen.put(&frame((10, 20), [1, 2, 2, 1], 7)).unwrap();
        screen.put(&frame((10, 20), [4, 3, 1, 2], 9)).unwrap();
        let picture = screen.take(page).unwrap();
        assert_eq!(picture.head, [1, 0, 0, 10, 0, 20, 0, 1, 0, 2, 0, 4, 0, 3]);
        let pixel = |x: usize, y: usize| picture.pixels[(y * 4 + x) * 4];
        assert_eq!([pixel(0, 0), pixel(1, 0), pixel(2, 0), pixel(3, 0)], [7, 7, 1, 1]);
        assert_eq!([pixel(3, 1), pixel(3, 2), pixel(0, 1)], [9, 9, 1]);
        let pixels = picture.pixels.clone();
        let message = picture.pack().unwrap();
        assert_eq!(message[..14], [1, 0, 0, 10, 0, 20, 0, 1, 0, 2, 0, 4, 0, 3]);
        let mut unpacked = Vec::new();
        flate2::read::DeflateDecoder::new(&message[14..]).read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, pixels);
    }

    #[test]
    fn every_page_has_its_own_arrears_and_a_turned_screen_is_drawn_whole() {
        let mut screen = Screen::default();
        let early = screen.enter();
        assert_eq!(screen.take(early), None, "nothing has been shown yet");
        screen.put(&frame((4, 8), [0, 0, 4, 8], 1)).unwrap();
        let late = screen.enter();
        assert!(screen.take(early).is_some() && screen.take(late).is_some());
        screen.put(&frame((8, 4), [0, 0, 1, 1], 2)).unwrap();
        assert_eq!(screen.take(late).unwrap().pixels.len(), 8 * 4 * 4);
        screen.leave(early);
        assert_eq!(screen.take(early), None);
    }

    #[test]
    fn a_broken_frame_is_refused() {
        let mut screen = Screen::default();
        assert!(screen.put(&[0; 19]).is_err());
        assert!(screen.put(&frame((4, 4), [2, 0, 3, 1], 0)).unwrap_err().contains("4x4"));
        assert!(screen.put(&frame((5000, 1), [0, 0, 1, 1], 0)).is_err());
        let mut short = frame((4, 4), [0, 0, 4, 4], 0);
        short.pop();
        assert!(screen.put(&short).is_err());
    }
}
