//! A second opinion on an APK's signatures, by Google's description of schemes v2 and v3 and not by the library that
//! signed (<https://source.android.com/docs/security/features/apksigning/v2>, `…/v3`).

use anyhow::{Context, Result, bail, ensure};
use ring::{digest, signature};

const MAGIC: &[u8; 16] = b"APK Sig Block 42";
const V2: u32 = 0x7109_871a;
const V3: u32 = 0xf053_68c0;
const CHUNK: usize = 1 << 20;

/// RSA PKCS#1 v1.5 over digests of 1 MB chunks, both by the same hash.
struct Algorithm {
    id: u32,
    rsa: &'static signature::RsaParameters,
    hash: &'static digest::Algorithm,
}

/// apksig takes the longer hash for keys of more than 3072 bits.
static ALGORITHMS: [Algorithm; 2] = [
    Algorithm { id: 0x0103, rsa: &signature::RSA_PKCS1_2048_8192_SHA256, hash: &digest::SHA256 },
    Algorithm { id: 0x0104, rsa: &signature::RSA_PKCS1_2048_8192_SHA512, hash: &digest::SHA512 },
];

/// The SHA-256 of the certificate that signed `apk` by both schemes, as hexadecimal digits. `min_sdk`: the oldest Android
/// that must accept it.
///
/// # Errors
/// What does not hold.
pub fn certificate(apk: &[u8], min_sdk: u32) -> Result<String> {
    let layout = Layout::find(apk)?;
    let v2 = signer(layout.block(V2)?, None, &layout).context("signature scheme v2")?;
    let v3 = signer(layout.block(V3)?, Some(min_sdk), &layout).context("signature scheme v3")?;
    ensure!(v2 == v3, "schemes v2 and v3 were signed with different keys");
    Ok(v2.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(|four| char::from_digit(four.into(), 16)).collect())
}

/// Where the parts of an APK begin.
struct Layout<'a> {
    apk: &'a [u8],
    block: usize,
    directory: usize,
    end: usize,
    pairs: Vec<(u32, &'a [u8])>,
}

impl<'a> Layout<'a> {
    fn find(apk: &'a [u8]) -> Result<Self> {
        // Our own files have no comment: the end record is the last 22 bytes.
        let end = apk.len().checked_sub(22).context("too short for a zip file")?;
        ensure!(apk[end..].starts_with(b"PK\x05\x06"), "no end record where it must be");
        let directory = usize::try_from(number32(&apk[end..], 16)?)?;
        ensure!(directory >= 32 && directory <= end, "the central directory lies outside the file");
        ensure!(&apk[directory - 16..directory] == MAGIC, "it is not signed: there is no APK signing block");
        let size = number64(apk, directory - 24)?;
        let block = directory.checked_sub(size + 8).context("the signing block begins before the file")?;
        ensure!(number64(apk, block)? == size, "the signing block's two sizes differ");
        let mut rest = &apk[block + 8..directory - 24];
        let mut pairs = Vec::new();
        while !rest.is_empty() {
            let length = number64(rest, 0)?;
            let pair = rest.get(8..8 + length).context("a pair longer than the signing block")?;
            pairs.push((number32(pair, 0)?, &pair[4..]));
            rest = &rest[8 + length..];
        }
        Ok(Self { apk, block, directory, end, pairs })
    }

    fn block(&self, id: u32) -> Result<&'a [u8]> {
        let found = self.pairs.iter().find(|(other, _)| *other == id);
        Ok(found.with_context(|| format!("no signature block {id:#x}"))?.1)
    }

    /// The digest of everything but the signing block, in chunks.
    fn digest(&self, hash: &'static digest::Algorithm) -> Vec<u8> {
        // The end record is digested as if the directory began where the signing block does.
        let mut end = self.apk[self.end..].to_vec();
        let block = u32::try_from(self.block).unwrap_or(u32::MAX);
        end[16..20].copy_from_slice(&block.to_le_bytes());
        let sections = [&self.apk[..self.block], &self.apk[self.directory..self.end], &end];
        let chunks: Vec<&[u8]> = sections.iter().flat_map(|section| section.chunks(CHUNK)).collect();
        let mut all = vec![0x5a];
        all.extend(u32::try_from(chunks.len()).unwrap_or(u32::MAX).to_le_bytes());
        for chunk in chunks {
            let mut context = digest::Context::new(hash);
            context.update(&[0xa5]);
            context.update(&u32::try_from(chunk.len()).unwrap_or(u32::MAX).to_le_bytes());
            context.update(chunk);
            all.extend(context.finish().as_ref());
        }
        digest::digest(hash, &all).as_ref().to_vec()
    }
}

/// Verifies the one signer of a block, which in scheme v3 must be for Android `min_sdk` and newer; the SHA-256 of its certificate.
fn signer(block: &[u8], min_sdk: Option<u32>, layout: &Layout) -> Result<Vec<u8>> {
    let mut block = Reader(block);
    let mut signers = Reader(block.prefixed()?);
    let mut signer = Reader(signers.prefixed()?);
    ensure!(signers.0.is_empty(), "more than one signer");
    let content = signer.prefixed()?;
    let copy = if min_sdk.is_some() { Some(signer.levels()?) } else { None };
    let (by, signature) = algorithm(signer.prefixed()?)?;
    let key = signer.prefixed()?;
    let spki = rsa_key(key)?;
    signature::UnparsedPublicKey::new(by.rsa, spki)
        .verify(content, signature)
        .map_err(|_| anyhow::anyhow!("the signature does not belong to what is signed"))?;
    let mut content = Reader(content);
    let (of, digest) = algorithm(content.prefixed()?)?;
    ensure!(of.id == by.id && digest == layout.digest(by.hash), "the file is not what was signed: its digest differs");
    let mut certificates = Reader(content.prefixed()?);
    let certificate = certificates.prefixed()?;
    if let (Some(min_sdk), Some(copy)) = (min_sdk, copy) {
        for_levels(content.levels()?, copy, min_sdk)?;
    }
    ensure!(certificate.windows(key.len()).any(|part| part == key), "the certificate is not for the key that signed");
    Ok(digest::digest(&digest::SHA256, certificate).as_ref().to_vec())
}

/// Whether a signer of scheme v3 is for Android `min_sdk` and all newer ones. Its range stands twice, in what is signed and beside it,
/// where a phone reads it first.
fn for_levels(signed: (u32, u32), copy: (u32, u32), min_sdk: u32) -> Result<()> {
    ensure!(signed == copy, "signed for the API levels {signed:?}, but beside it stand {copy:?}");
    let (oldest, newest) = signed;
    ensure!(oldest <= min_sdk, "signed for API level {oldest} and newer, but the app is for {min_sdk} and newer");
    // Without a key to follow this one it is Java's largest number.
    ensure!(newest == 0x7fff_ffff, "signed up to API level {newest} only");
    Ok(())
}

/// Of a row of `(algorithm, bytes)` the first that is one of ours.
fn algorithm(row: &[u8]) -> Result<(&'static Algorithm, &[u8])> {
    let mut row = Reader(row);
    while !row.0.is_empty() {
        let mut pair = Reader(row.prefixed()?);
        let id = number32(pair.take(4)?, 0)?;
        if let Some(known) = ALGORITHMS.iter().find(|known| known.id == id) {
            return Ok((known, pair.prefixed()?));
        }
    }
    bail!("no RSA signature with SHA-256 or SHA-512: only an RSA key gives the same APK twice")
}

/// The PKCS#1 key inside a `SubjectPublicKeyInfo`: its last element, a bit string.
fn rsa_key(info: &[u8]) -> Result<&[u8]> {
    let (_, info, _) = der(info)?;
    let (_, _, rest) = der(info)?;
    let (tag, bits, _) = der(rest)?;
    ensure!(tag == 3 && bits.first() == Some(&0), "the public key is of an unknown form");
    Ok(&bits[1..])
}

/// One DER element: its tag, its content, what follows.
fn der(bytes: &[u8]) -> Result<(u8, &[u8], &[u8])> {
    let short = || "the public key ends too early";
    let (tag, first) = (*bytes.first().with_context(short)?, *bytes.get(1).with_context(short)?);
    let more = usize::from(first).saturating_sub(0x80);
    let length = if more == 0 {
        usize::from(first)
    } else {
        let digits = bytes.get(2..2 + more).with_context(short)?;
        ensure!(more <= 4, "the public key is too long");
        digits.iter().fold(0, |sum, digit| sum << 8 | usize::from(*digit))
    };
    let start = 2 + more;
    let content = bytes.get(start..start + length).with_context(short)?;
    Ok((tag, content, &bytes[start + length..]))
}

/// Reads what Google calls length-prefixed.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length).context("the signature block ends too early")?;
        self.0 = rest;
        Ok(taken)
    }

    /// The oldest and the newest API level.
    fn levels(&mut self) -> Result<(u32, u32)> {
        let two = self.take(8)?;
        Ok((number32(two, 0)?, number32(two, 4)?))
    }

    fn prefixed(&mut self) -> Result<&'a [u8]> {
        let length = number32(self.take(4)?, 0)?;
        self.take(usize::try_from(length)?)
    }
}

fn number32(bytes: &[u8], at: usize) -> Result<u32> {
    let four = bytes.get(at..at + 4).context("a number is cut off")?;
    Ok(four.iter().rev().fold(0, |sum, byte| sum << 8 | u32::from(*byte)))
}

fn number64(bytes: &[u8], at: usize) -> Result<usize> {
    ensure!(number32(bytes, at + 4)? == 0, "a length of more than 4 GB");
    Ok(usize::try_from(number32(bytes, at)?)?)
}

#[cfg(test)]
mod tests;
