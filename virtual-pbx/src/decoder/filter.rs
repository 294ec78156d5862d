//! The high-passes in front of the decoder: what lies below the keys' tones is no evidence against a key, or little.

/// A second-order section, `[b0, b1, b2, a1, a2]`.
type Section = [f64; 5];

/// Fifth-order elliptic high-pass at 8 kHz: 0.3 dB of ripple from 655 Hz on, at least 34 dB down below 510 Hz. Dial tones
/// (350, 425, 440, 480 Hz; ITU-T E.180, ANSI T1.401), mains hum and DC go; 697 Hz less 2.5 % stays and is delayed by 3 ms at
/// most. `scipy.signal.ellip(5, 0.3, 34, 655, "high", fs=8000, output="sos")`
pub const ABOVE_DIAL_TONES: [Section; 3] = [
    [0.506_842_379_833_272_4, -0.506_842_379_833_272_4, 0.0, -0.371_994_508_104_328_94, 0.0],
    [1.0, -1.911_658_046_459_650_4, 1.0, -1.376_364_640_391_829_5, 0.664_090_520_991_387_9],
    [1.0, -1.829_565_152_769_865, 1.0, -1.700_391_860_806_850_7, 0.939_783_332_976_278],
];

/// Second-order Butterworth high-pass at 8 kHz: DC and mains hum go, a voice stays.
/// `scipy.signal.butter(2, 180, "high", fs=8000, output="sos")`
pub const ABOVE_HUM: [Section; 1] = [[
    0.904_858_746_274_595_1,
    -1.809_717_492_549_190_1,
    0.904_858_746_274_595_1,
    -1.800_645_057_117_583_2,
    0.818_789_927_980_797_2,
]];

/// A filter and what it remembers.
#[derive(Debug, Clone)]
pub struct Filter<const N: usize> {
    sections: [Section; N],
    memory: [[f64; 2]; N],
}

impl<const N: usize> Filter<N> {
    /// At rest.
    pub fn new(sections: [Section; N]) -> Self {
        Self { sections, memory: [[0.0; 2]; N] }
    }

    /// The next sample.
    pub fn push(&mut self, sample: f64) -> f64 {
        let mut x = sample;
        for ([b0, b1, b2, a1, a2], [s1, s2]) in self.sections.into_iter().zip(&mut self.memory) {
            let y = b0 * x + *s1;
            *s1 = b1 * x - a1 * y + *s2;
            *s2 = b2 * x - a2 * y;
            x = y;
        }
        x
    }
}
