//! The width and height of a picture, as far as its header tells.

/// Of a PNG, GIF or JPEG; `None` if it is none of them.
pub(crate) fn dimensions(bytes: &[u8]) -> Option<(u32, u32)> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some((big_endian(bytes.get(16..20)?), big_endian(bytes.get(20..24)?)));
    }
    if bytes.starts_with(b"GIF8") {
        let side =
            |at: usize| Some(u32::from(*bytes.get(at)?) | u32::from(*bytes.get(at + 1)?) << 8);
        return Some((side(6)?, side(8)?));
    }
    if bytes.starts_with(&[0xFF, 0xD8]) {
        return jpeg(bytes);
    }
    None
}

fn big_endian(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte))
}

/// Walks the segments of a JPEG up to the one that begins a frame.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        let marker = *bytes.get(at + 1)?;
        let frame = (0xC0..=0xCF).contains(&marker) && !matches!(marker, 0xC4 | 0xC8 | 0xCC);
        if frame {
            let height = big_endian(bytes.get(at + 5..at + 7)?);
            return Some((big_endian(bytes.get(at + 7..at + 9)?), height));
        }
        let length = usize::try_from(big_endian(bytes.get(at + 2..at + 4)?)).ok()?;
        at += 2 + length.max(2);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_tell_the_size() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        png.extend([0, 0, 1, 0, 0, 0, 0, 16]);
        assert_eq!(dimensions(&png), Some((256, 16)));
        let jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 2, 0xFF, 0xC0, 0, 9, 8, 0, 3, 0, 5];
        assert_eq!(dimensions(&jpeg), Some((5, 3)));
        assert_eq!(dimensions(b"GIF89a\x05\x00\x03\x00"), Some((5, 3)));
        assert_eq!(dimensions(b"plain text"), None);
        assert_eq!(dimensions(b"\x89PNG\r\n\x1a\n"), None);
    }
}
