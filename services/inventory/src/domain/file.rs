//! A file that is sold: its unit seals a label (name and size), its content is sealed apart.

use secrecy::SecretString;

/// Largest content, in bytes.
pub const FILE_BYTES_MAX: usize = 1 << 20;
/// Files in one batch, at most.
pub const FILES_MAX: usize = 10;
const NAME_CHARS_MAX: usize = 100;
/// No text in UTF-8 begins with this byte, so that a label is never taken for a value.
const MARK: u8 = 0xff;

/// What a unit says of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// With its extension.
    pub name: String,
    /// Bytes.
    pub size: u32,
}

/// A file on its way into the shop.
pub struct NewFile {
    /// As the sender calls it.
    pub name: String,
    /// A secret.
    pub content: Vec<u8>,
}

/// What lies in a unit, opened.
#[derive(Debug, Clone)]
pub enum Opened {
    /// A text.
    Value(SecretString),
    /// A file; its content is asked for by its id.
    File {
        /// Names it among all files of the shop.
        id: String,
        /// Its name and size.
        label: Label,
    },
}

impl Label {
    /// The label of a file; its name is cut to what every system takes.
    pub fn of(file: &NewFile) -> Self {
        let size = u32::try_from(file.content.len()).unwrap_or(u32::MAX);
        Self { name: plain_name(&file.name), size }
    }

    /// As it is sealed.
    pub fn encode(&self) -> Vec<u8> {
        [&[MARK][..], &self.size.to_le_bytes(), self.name.as_bytes()].concat()
    }

    /// The label in an opened unit; nothing where it is a text.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let (size, name) = bytes.strip_prefix(&[MARK])?.split_first_chunk()?;
        let name = String::from_utf8(name.to_vec()).ok()?;
        Some(Self { name, size: u32::from_le_bytes(*size) })
    }
}

fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last.chars().filter(|c| !c.is_control()).take(NAME_CHARS_MAX).collect();
    if name.trim_matches(['.', ' ']).is_empty() { "file.bin".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peer_05_a_label_comes_back_and_no_text_is_one() {
        let file = NewFile { name: "ключ.ovpn".into(), content: vec![0; 70_000] };
        let label = Label::of(&file);
        assert_eq!((label.name.as_str(), label.size), ("ключ.ovpn", 70_000));
        assert_eq!(Label::decode(&label.encode()), Some(label));
        for text in ["", "key", "ÿkey", "\u{feff}x"] {
            assert_eq!(Label::decode(text.as_bytes()), None);
        }
        assert_eq!(Label::decode(&[MARK, 1, 2]), None);
    }

    #[test]
    fn a_files_name_leads_nowhere_and_fits() {
        for (given, kept) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\keys\\a.txt", "a.txt"),
            ("a\0\r\nb.txt", "ab.txt"),
            ("..", "file.bin"),
            ("", "file.bin"),
        ] {
            assert_eq!(plain_name(given), kept);
        }
        assert_eq!(plain_name(&"я".repeat(300)).chars().count(), 100);
    }
}
