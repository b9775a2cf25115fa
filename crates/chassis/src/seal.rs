//! Sealing of values at rest: data keys seal values, keys of the settings seal data keys.
//!
//! The settings hold *seal keys*, newest first; they never touch a value. A *data key* is random,
//! kept in the database wrapped by a seal key, and lives as long as what it sealed. To rotate, put
//! a new seal key first, rewrap the data keys and remove the old one: no value is touched, and
//! fingerprints stay the same.

use std::fmt;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hmac;
use ring::rand::{SecureRandom, SystemRandom};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use crate::config::{Settings, SettingsError};

const KEY_BYTES: usize = 32;
const ID_CHARS_MAX: usize = 32;
/// Keeps a wrapped data key from being taken for a sealed value.
const WRAP_CONTEXT: &str = "bodega data key ";

/// The seal keys, newest first. Cheap to clone.
#[derive(Clone)]
pub struct Seal {
    keys: Arc<[SealKey]>,
}

struct SealKey {
    id: String,
    key: LessSafeKey,
}

/// An open data key: seals and opens values, and fingerprints them. Keep it wrapped wherever it
/// rests.
#[derive(Clone)]
pub struct DataKey {
    cipher: LessSafeKey,
    fingerprint: hmac::Key,
}

/// The settings name no usable seal keys; the message names the setting and never a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "security.seal_keys: {0}; each is `id:` and 32 bytes in base64 from `openssl rand -base64 32`"
)]
pub struct SealKeysError(String);

/// What was sealed cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// It was wrapped by a key that the settings no longer have.
    #[error("sealed by key `{0}`, which is not in security.seal_keys; put it back")]
    UnknownKey(String),
    /// It is cut short, was changed, belongs elsewhere, or was sealed by another key.
    #[error("the sealed value is damaged or belongs elsewhere")]
    Damaged,
}

#[derive(Deserialize)]
struct Section {
    #[serde(default)]
    seal_keys: Vec<SecretString>,
}

impl Seal {
    /// Seal keys as the settings write them, `id:base64`, newest first.
    ///
    /// # Errors
    /// There are none, or one is malformed or repeated.
    pub fn new(keys: &[SecretString]) -> Result<Self, SealKeysError> {
        let keys = keys.iter().map(|key| read_key(key.expose_secret()));
        let keys: Vec<SealKey> = keys.collect::<Result<_, _>>()?;
        if keys.is_empty() {
            return Err(SealKeysError("it is not set".to_owned()));
        }
        for (place, key) in keys.iter().enumerate() {
            if keys[..place].iter().any(|earlier| earlier.id == key.id) {
                return Err(SealKeysError(format!("two keys have the id `{}`", key.id)));
            }
        }
        Ok(Self { keys: keys.into() })
    }

    /// The seal keys of the section `security`.
    ///
    /// # Errors
    /// There are none, or one is malformed or repeated.
    pub fn open(settings: &Settings) -> Result<Self, SettingsError> {
        let section: Section = settings.section("security")?;
        Self::new(&section.seal_keys).map_err(|error| SettingsError::from(error.to_string()))
    }

    /// The id of the key that wraps from now on.
    pub fn newest(&self) -> &str {
        &self.keys[0].id
    }

    /// A fresh data key, and the same wrapped for keeping.
    pub fn new_data_key(&self) -> (DataKey, Vec<u8>) {
        let secret: [u8; KEY_BYTES] = random();
        (DataKey::new(&secret), self.wrap(&secret))
    }

    /// Opens a kept data key.
    ///
    /// # Errors
    /// Its seal key is gone, or it is no data key.
    pub fn unwrap(&self, wrapped: &[u8]) -> Result<DataKey, SealError> {
        self.open_wrapped(wrapped).map(|secret| DataKey::new(&secret))
    }

    /// The same data key wrapped by the newest seal key; `None` if it already is.
    ///
    /// # Errors
    /// Its seal key is gone, or it is no data key.
    pub fn rewrap(&self, wrapped: &[u8]) -> Result<Option<Vec<u8>>, SealError> {
        let secret = self.open_wrapped(wrapped)?;
        let (id, _) = split_id(wrapped)?;
        Ok((id != self.newest()).then(|| self.wrap(&secret)))
    }

    fn wrap(&self, secret: &[u8; KEY_BYTES]) -> Vec<u8> {
        let SealKey { id, key } = &self.keys[0];
        let mut wrapped = vec![u8::try_from(id.len()).expect("ids are at most 32 long")];
        wrapped.extend_from_slice(id.as_bytes());
        wrapped.extend(encrypt(key, secret, context(id).as_bytes()));
        wrapped
    }

    fn open_wrapped(&self, wrapped: &[u8]) -> Result<[u8; KEY_BYTES], SealError> {
        let (id, sealed) = split_id(wrapped)?;
        let known = self.keys.iter().find(|key| key.id == id);
        let SealKey { key, .. } = known.ok_or_else(|| SealError::UnknownKey(id.to_owned()))?;
        let secret = decrypt(key, sealed, context(id).as_bytes())?;
        secret.try_into().map_err(|_| SealError::Damaged)
    }
}

impl DataKey {
    fn new(secret: &[u8; KEY_BYTES]) -> Self {
        // One key, one purpose: a fingerprint tells nothing about the cipher's key.
        let root = hmac::Key::new(hmac::HMAC_SHA256, secret);
        let part = |purpose: &[u8]| hmac::sign(&root, purpose);
        Self {
            cipher: cipher(part(b"seal").as_ref()),
            fingerprint: hmac::Key::new(hmac::HMAC_SHA256, part(b"fingerprint").as_ref()),
        }
    }

    /// Seals a value: nonce, ciphertext, tag. `context` says what it belongs to (an id): it opens
    /// only with the same.
    pub fn seal(&self, plain: &[u8], context: &[u8]) -> Vec<u8> {
        encrypt(&self.cipher, plain, context)
    }

    /// Opens a sealed value.
    ///
    /// # Errors
    /// It is damaged, or belongs to another context or key.
    pub fn open(&self, sealed: &[u8], context: &[u8]) -> Result<Vec<u8>, SealError> {
        decrypt(&self.cipher, sealed, context)
    }

    /// The same 32 bytes for the same value under the same data key, and nothing to guess the value
    /// by without it.
    pub fn fingerprint(&self, value: &[u8]) -> [u8; 32] {
        let tag = hmac::sign(&self.fingerprint, value);
        tag.as_ref().try_into().expect("a SHA-256 tag has 32 bytes")
    }
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.keys.iter().map(|key| &key.id)).finish()
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(..)")
    }
}

/// `id:base64`
fn read_key(text: &str) -> Result<SealKey, SealKeysError> {
    let (id, encoded) = text
        .trim()
        .split_once(':')
        .ok_or_else(|| SealKeysError("a key has no `id:` in front".to_owned()))?;
    let plain_id = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    if !plain_id || !(1..=ID_CHARS_MAX).contains(&id.len()) {
        return Err(SealKeysError("an id must be 1 to 32 of A-Z a-z 0-9 - _ .".to_owned()));
    }
    let key = STANDARD.decode(encoded).ok().filter(|key| key.len() == KEY_BYTES);
    let key = key.ok_or_else(|| SealKeysError(format!("key `{id}` is not 32 bytes in base64")))?;
    Ok(SealKey { id: id.to_owned(), key: cipher(&key) })
}

fn context(id: &str) -> String {
    format!("{WRAP_CONTEXT}{id}")
}

/// A wrapped key begins with the length of its seal key's id, and the id.
fn split_id(wrapped: &[u8]) -> Result<(&str, &[u8]), SealError> {
    let (length, rest) = wrapped.split_first().ok_or(SealError::Damaged)?;
    let (id, sealed) = rest.split_at_checked(usize::from(*length)).ok_or(SealError::Damaged)?;
    let id = std::str::from_utf8(id).map_err(|_| SealError::Damaged)?;
    Ok((id, sealed))
}

fn cipher(key: &[u8]) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).expect("the key has 32 bytes"))
}

/// Random nonces are safe for four thousand million values of one key; a data key seals far fewer.
fn encrypt(key: &LessSafeKey, plain: &[u8], context: &[u8]) -> Vec<u8> {
    let nonce: [u8; NONCE_LEN] = random();
    let mut sealed = Vec::with_capacity(NONCE_LEN + plain.len() + AES_256_GCM.tag_len());
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(plain);
    let tag = key
        .seal_in_place_separate_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(context),
            &mut sealed[NONCE_LEN..],
        )
        .expect("values are far below the cipher's 64 GiB");
    sealed.extend_from_slice(tag.as_ref());
    sealed
}

fn decrypt(key: &LessSafeKey, sealed: &[u8], context: &[u8]) -> Result<Vec<u8>, SealError> {
    let (nonce, body) = sealed.split_at_checked(NONCE_LEN).ok_or(SealError::Damaged)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| SealError::Damaged)?;
    let mut body = body.to_vec();
    let plain = key
        .open_in_place(nonce, Aad::from(context), &mut body)
        .map_err(|_| SealError::Damaged)?
        .len();
    body.truncate(plain);
    Ok(body)
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).expect("the system gives random bytes");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(id: &str, byte: u8) -> SecretString {
        format!("{id}:{}", STANDARD.encode([byte; KEY_BYTES])).into()
    }

    fn seal(keys: &[(&str, u8)]) -> Seal {
        let keys: Vec<_> = keys.iter().map(|(id, byte)| key(id, *byte)).collect();
        Seal::new(&keys).unwrap()
    }

    #[test]
    fn what_was_sealed_opens_in_its_context_only() {
        let (data, wrapped) = seal(&[("a", 1)]).new_data_key();
        let sealed = data.seal(b"licence", b"unit 1");
        assert_ne!(sealed, data.seal(b"licence", b"unit 1"));
        let again = seal(&[("a", 1)]).unwrap(&wrapped).unwrap();
        assert_eq!(again.open(&sealed, b"unit 1").unwrap(), b"licence");
        assert_eq!(again.open(&sealed, b"unit 2"), Err(SealError::Damaged));
        let (other, _) = seal(&[("a", 1)]).new_data_key();
        assert_eq!(other.open(&sealed, b"unit 1"), Err(SealError::Damaged));
        assert_eq!(data.open(&data.seal(b"", b""), b"").unwrap(), b"");
    }

    #[test]
    fn sc03_a_rotation_rewraps_data_keys_and_touches_no_value() {
        let (old, rotating, new) =
            (seal(&[("a", 1)]), seal(&[("b", 2), ("a", 1)]), seal(&[("b", 2)]));
        let (data, wrapped) = old.new_data_key();
        let sealed = data.seal(b"licence", b"1");
        let fingerprint = data.fingerprint(b"licence");

        assert_eq!(new.unwrap(&wrapped).unwrap_err(), SealError::UnknownKey("a".to_owned()));
        let rewrapped = rotating.rewrap(&wrapped).unwrap().unwrap();
        assert_eq!(rotating.rewrap(&rewrapped).unwrap(), None);
        for usable in
            [rotating.unwrap(&wrapped), rotating.unwrap(&rewrapped), new.unwrap(&rewrapped)]
        {
            let usable = usable.unwrap();
            assert_eq!(usable.open(&sealed, b"1").unwrap(), b"licence");
            assert_eq!(usable.fingerprint(b"licence"), fingerprint);
        }
    }

    #[test]
    fn a_key_of_the_same_id_but_other_bytes_opens_nothing() {
        let (_, wrapped) = seal(&[("a", 1)]).new_data_key();
        assert_eq!(seal(&[("a", 2)]).unwrap(&wrapped).unwrap_err(), SealError::Damaged);
    }

    #[test]
    fn garbage_is_damaged_and_never_a_panic() {
        let seal = seal(&[("a", 1)]);
        let (data, wrapped) = seal.new_data_key();
        let sealed = data.seal(b"licence", b"1");
        for cut in 0..sealed.len() {
            assert_eq!(data.open(&sealed[..cut], b"1"), Err(SealError::Damaged));
        }
        for cut in 0..wrapped.len() {
            assert!(seal.unwrap(&wrapped[..cut]).is_err() && seal.rewrap(&wrapped[..cut]).is_err());
        }
        for place in 0..wrapped.len() {
            let mut changed = wrapped.clone();
            changed[place] ^= 0x80;
            assert!(seal.unwrap(&changed).is_err(), "byte {place}");
        }
        assert!(seal.unwrap(&sealed).is_err());
    }

    #[test]
    fn fingerprints_depend_on_the_value_and_the_key() {
        let seal = seal(&[("a", 1)]);
        let ((one, _), (other, _)) = (seal.new_data_key(), seal.new_data_key());
        assert_eq!(one.fingerprint(b"x"), one.fingerprint(b"x"));
        assert_ne!(one.fingerprint(b"x"), one.fingerprint(b"y"));
        assert_ne!(one.fingerprint(b"x"), other.fingerprint(b"x"));
    }

    #[test]
    fn unusable_seal_keys_are_refused_without_being_shown() {
        let repeated = [key("a", 1), key("a", 2)];
        assert!(Seal::new(&repeated).unwrap_err().to_string().contains("two keys have the id `a`"));
        assert!(Seal::new(&[]).is_err());
        for text in ["canary", "a:canary", ":canary", "a b:canary", "a:Y2FuYXJ5"] {
            let error = Seal::new(&[text.into()]).unwrap_err().to_string();
            assert!(
                error.starts_with("security.seal_keys") && !error.contains("canary"),
                "{error}"
            );
        }
        assert_eq!(format!("{:?}", seal(&[("b", 2), ("a", 1)])), r#"["b", "a"]"#);
    }
}
