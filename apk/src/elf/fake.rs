//! A library of nothing but what a loader looks at, for the tests: 64-bit, two pages, the numbers as the ELF specification has them.

/// What is in it.
#[derive(Clone)]
pub struct Fake {
    pub machine: u16,
    /// Alignment of its one LOAD segment, and where in memory that begins.
    pub align: u64,
    pub address: u64,
    pub needed: Vec<&'static str>,
    /// Names it asks others for.
    pub asks: Vec<&'static str>,
    /// More entries of the dynamic section: tag and value.
    pub dynamic: Vec<(u64, u64)>,
    /// The type of a second segment.
    pub segment: u32,
}

/// A library that is well on arm64-v8a if `open` is offered.
pub fn good() -> Fake {
    let (needed, asks) = (vec!["libc.so", "libm.so"], vec!["open"]);
    // 183: AArch64; segment type 2: where the dynamic section lies.
    Fake { machine: 183, align: 0x4000, address: 0, needed, asks, dynamic: Vec::new(), segment: 2 }
}

impl Fake {
    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut strings = vec![0];
        let mut name = |text: &str| {
            let at = strings.len() as u64;
            strings.extend(text.as_bytes());
            strings.push(0);
            at
        };
        let mut dynamic: Vec<(u64, u64)> = self.needed.iter().map(|library| (1, name(library))).collect();
        dynamic.extend(&self.dynamic);
        dynamic.push((0, 0));
        let dynamic: Vec<u8> =
            dynamic.iter().flat_map(|(tag, value)| [*tag, *value]).flat_map(u64::to_le_bytes).collect();
        // The first symbol is none; the others are global (1) functions (2) of no section: undefined.
        let mut symbols = vec![0; 24];
        for asked in &self.asks {
            symbols.extend(u32::try_from(name(asked)).unwrap().to_le_bytes());
            symbols.extend([0x12, 0]);
            symbols.extend([0; 18]);
        }
        // Behind the header (64 bytes) and two program headers (56 each).
        let mut body = Vec::new();
        let mut put = |part: &[u8]| {
            let at = 176 + body.len() as u64;
            body.extend(part);
            body.resize(body.len().next_multiple_of(8), 0);
            (at, part.len() as u64)
        };
        let (strings, symbols, dynamic) = (put(&strings), put(&symbols), put(&dynamic));
        let sections = 176 + body.len() as u64;
        let mut file = b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0".to_vec();
        // A shared library (3).
        file.extend([3, 0].into_iter().chain(self.machine.to_le_bytes()));
        file.extend(1_u32.to_le_bytes());
        file.extend([0, 64, sections].map(u64::to_le_bytes).concat());
        file.extend(0_u32.to_le_bytes());
        // Sizes and numbers of the headers: program headers 2, section headers 4; section 1 holds names.
        file.extend([64, 56, 2, 64, 4, 1].map(u16::to_le_bytes).concat());
        for (kind, offset, size, align) in [(1, 0, sections, self.align), (self.segment, dynamic.0, dynamic.1, 8)] {
            file.extend([kind, 5_u32].map(u32::to_le_bytes).concat());
            file.extend([offset, offset + self.address, 0, size, size, align].map(u64::to_le_bytes).concat());
        }
        file.extend(body);
        file.extend([0; 64]);
        // Types 3, 11, 6: strings, symbols whose names are in section 1, dynamic entries likewise.
        for (kind, (offset, size), link, entry) in
            [(3_u32, strings, 0_u32, 0), (11, symbols, 1, 24), (6, dynamic, 1, 16)]
        {
            file.extend([0, kind].map(u32::to_le_bytes).concat());
            file.extend([0, offset, offset, size].map(u64::to_le_bytes).concat());
            file.extend([link, 1].map(u32::to_le_bytes).concat());
            file.extend([8, entry].map(u64::to_le_bytes).concat());
        }
        file
    }
}
