//! A decoder that allocated while it listens could not be used in the path of live audio.
#![expect(unsafe_code, reason = "an allocator cannot be written without")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use virtual_pbx::decoder::Decoder;
use virtual_pbx::dtmf::Pair;
use virtual_pbx::level::sample;

/// The system's allocator, counting what each thread asks for.
struct Counting;

thread_local! {
    static ASKED: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: everything is passed on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ASKED.set(ASKED.get() + 1);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[test]
fn a_decoder_does_not_allocate_while_it_listens() {
    // Each value several times in a row is the same sound at a higher rate.
    let decoders: [(fn() -> Decoder, u32); 3] =
        [(Decoder::default, 1), (|| Decoder::new(8000).unwrap(), 1), (|| Decoder::new(40_000).unwrap(), 5)];
    for (make, times) in decoders {
        let mut decoder = make();
        let pairs = ['1', '5', '#'].map(|key| Pair::new(key, -10.0, -12.0).unwrap());
        let before = ASKED.get();
        let mut symbols = 0;
        // 100 ms on, 100 ms off.
        for n in 0..80_000_u32 {
            let value = if n % 1600 < 800 { pairs[(n / 1600 % 3) as usize].at(n % 1600) } else { 0.0 };
            symbols += (0..times).filter(|_| decoder.push(sample(value)).is_some()).count();
        }
        assert_eq!((ASKED.get() - before, symbols), (0, 50));
    }
    let before = ASKED.get();
    drop(std::hint::black_box(vec![1_u8]));
    assert_eq!(ASKED.get() - before, 1, "this test would not see an allocation");
}
