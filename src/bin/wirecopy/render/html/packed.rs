//! Parts of a large page, packed: a browser unpacks them when they are looked at, so that the file stays small and opens at once.

use flate2::Compression;
use flate2::write::ZlibEncoder;
use std::io::Write;

/// Half the time of the usual level for a twentieth more bytes.
const LEVEL: Compression = Compression::new(4);

/// Markup as a part of the page: as it is, or packed.
#[derive(Debug)]
pub(super) enum Part {
    Plain(String),
    /// Zlib in base64: no character of it means anything in HTML.
    Packed(String),
}

impl Part {
    pub(super) fn new(markup: String, pack: bool) -> std::io::Result<Self> {
        if !pack {
            return Ok(Self::Plain(markup));
        }
        let mut encoder = ZlibEncoder::new(Vec::with_capacity(markup.len() / 4), LEVEL);
        encoder.write_all(markup.as_bytes())?;
        Ok(Self::Packed(base64(&encoder.finish()?)))
    }
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let group = three.iter().enumerate().fold(0_u32, |g, (i, b)| g | u32::from(*b) << (16 - 8 * i));
        for i in 0..4 {
            out.push(if i <= three.len() { char::from(LETTERS[(group >> (18 - 6 * i) & 63) as usize]) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn base64_is_that_of_the_standard() {
        let coded = ["", "f", "fo", "foo", "foob", "fooba", "foobar"].map(|t| base64(t.as_bytes()));
        assert_eq!(coded, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]);
    }

    #[test]
    fn what_is_packed_is_small_and_whole() {
        let markup = "<td class=\"kept\"><b>= kept</b></td>".repeat(500);
        let Ok(Part::Packed(packed)) = Part::new(markup.clone(), true) else { unreachable!("asked to pack") };
        assert!(packed.len() < markup.len() / 20);
        assert!(packed.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b)));
        let value = |b: u8| (0..64).find(|v| base64(&[v << 2]).as_bytes()[0] == b).unwrap_or(0);
        let mut bytes = Vec::new();
        for four in packed.trim_end_matches('=').as_bytes().chunks(4) {
            let group = four.iter().enumerate().fold(0_u32, |g, (i, b)| g | u32::from(value(*b)) << (18 - 6 * i));
            bytes.extend([group >> 16, group >> 8, group].iter().take(four.len() - 1).map(|b| (b & 255) as u8));
        }
        let mut back = String::new();
        flate2::read::ZlibDecoder::new(bytes.as_slice()).read_to_string(&mut back).unwrap_or(0);
        assert_eq!(back, markup);
    }
}
