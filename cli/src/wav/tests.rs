//! Headers as programs write them, and as nobody should.

use super::*;
use proptest::prelude::*;

fn chunk(name: [u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap().to_le_bytes();
    [&name[..], &length, body, &vec![0; body.len() % 2]].concat()
}

fn fmt(tag: u16, channels: u16, rate: u32, bits: u16) -> Vec<u8> {
    [&tag.to_le_bytes()[..], &channels.to_le_bytes(), &rate.to_le_bytes(), &[0; 6], &bits.to_le_bytes()].concat()
}

fn wav(chunks: &[Vec<u8>]) -> Vec<u8> {
    [b"RIFF\0\0\0\0WAVE".to_vec(), chunks.concat()].concat()
}

fn read(bytes: &[u8]) -> Result<Sound, String> {
    header(&mut &bytes[..]).map_err(|error| error.to_string())
}

#[test]
fn every_supported_format_is_told_by_its_tag_and_bits() {
    use Coding::{ALaw, F32, F64, MuLaw, S16, S24, S32, U8};
    let rows =
        [(1, 8, U8), (1, 16, S16), (1, 24, S24), (1, 32, S32), (3, 32, F32), (3, 64, F64), (6, 8, ALaw), (7, 8, MuLaw)];
    for (tag, bits, coding) in rows {
        let file = wav(&[chunk(*b"fmt ", &fmt(tag, 2, 44100, bits)), chunk(*b"data", b"1234")]);
        let format = Format { rate: 44100, channels: 2, coding };
        assert_eq!(read(&file), Ok(Sound { format, bytes: 4 }));
    }
}

#[test]
fn other_chunks_are_skipped_and_extensions_are_read() {
    let mut extensible = fmt(0xFFFE, 1, 16000, 16);
    extensible.extend([22, 0, 16, 0, 4, 0, 0, 0, 1, 0, 0, 0]);
    extensible.extend(b"\x00\x00\x10\x00\x80\x00\x00\xAA\x00\x38\x9B\x71");
    let list = chunk(*b"LIST", b"odd");
    let file = wav(&[list.clone(), chunk(*b"fmt ", &extensible), list, chunk(*b"data", &[])]);
    let format = Format { rate: 16000, channels: 1, coding: Coding::S16 };
    assert_eq!(read(&file), Ok(Sound { format, bytes: u64::MAX }), "a length of 0: written to a pipe");
}

#[test]
fn what_is_wrong_is_said() {
    let good = chunk(*b"fmt ", &fmt(1, 1, 8000, 16));
    let rows = [
        (b"ID3".to_vec(), "this is no WAV file"),
        (b"RIFF\0\0\0\0AVI LIST".to_vec(), "this is no WAV file"),
        (wav(&[]), "the file ends before its \"fmt \" chunk"),
        (wav(&[good[..20].to_vec()]), "the file ends before its \"fmt \" chunk"),
        (wav(&[chunk(*b"fmt ", &[1; 4])]), "the file ends before its \"fmt \" chunk"),
        (wav(&[good]), "the file ends before its \"data\" chunk"),
        (wav(&[chunk(*b"data", b"12")]), "the \"data\" chunk comes before any \"fmt \" chunk"),
        (wav(&[chunk(*b"fmt ", &fmt(0x31, 1, 8000, 0))]), "format 49 with 0 bits is not supported"),
        (wav(&[chunk(*b"fmt ", &fmt(1, 0, 8000, 16))]), "the header says 0 channels"),
        (wav(&[chunk(*b"fmt ", &fmt(1, 65535, 8000, 16))]), "the header says 65535 channels"),
    ];
    for (file, start) in rows {
        let error = read(&file).unwrap_err();
        assert!(error.starts_with(start) && error.contains("; "), "{error:?} should begin with {start:?}");
    }
}

proptest! {
    #[test]
    fn no_file_makes_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes);
        let _ = read(&[b"RIFF\0\0\0\0WAVE", &bytes[..]].concat());
        let _ = read(&[b"RIFF\0\0\0\0WAVEfmt ", &bytes[..]].concat());
    }
}
