//! The channel that learns of new people, where the owner wants one: of a pseudonym, a language and a time, never of a
//! name, a username, an id or a phone number.

use hmac::{Hmac, KeyInit, Mac};
use kernel::ids::PersonId;
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

/// Characters of a pseudonym: 64 bits, so that two people hardly ever share one.
const PSEUDONYM_CHARS: usize = 16;
/// A shorter key could be guessed, and with it who is behind a pseudonym.
const KEY_CHARS_MIN: usize = 32;

/// Where it is posted, and how people are called there.
#[derive(Clone)]
pub struct NewcomerChannel {
    /// The channel.
    pub channel: i64,
    key: SecretString,
}

impl NewcomerChannel {
    /// For a channel, with the key of its pseudonyms.
    ///
    /// # Errors
    /// The key is too short.
    pub fn new(channel: i64, key: SecretString) -> Result<Self, &'static str> {
        if key.expose_secret().chars().count() < KEY_CHARS_MIN {
            return Err("it needs 32 characters or more; `openssl rand -base64 32`");
        }
        Ok(Self { channel, key })
    }

    /// What a person is called there: always the same, and without the key nobody tells who it is.
    pub fn pseudonym(&self, person: PersonId) -> String {
        let key = self.key.expose_secret().as_bytes();
        let mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length will do");
        let mac = mac.chain_update(person.0.to_be_bytes()).finalize().into_bytes();
        let mut pseudonym = hex::encode(mac);
        pseudonym.truncate(PSEUDONYM_CHARS);
        pseudonym
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(key: &str) -> Result<NewcomerChannel, &'static str> {
        NewcomerChannel::new(-100_777, key.to_owned().into())
    }

    #[test]
    fn num_11_a_pseudonym_is_the_same_by_the_same_key_only() {
        let (one, other) = (data(&"a".repeat(32)).unwrap(), data(&"b".repeat(32)).unwrap());
        let anna = PersonId(42);
        assert_eq!(one.pseudonym(anna), one.pseudonym(anna));
        assert_eq!(one.pseudonym(anna).len(), 16);
        assert_ne!(one.pseudonym(anna), other.pseudonym(anna));
        assert_ne!(one.pseudonym(anna), one.pseudonym(PersonId(43)));
        assert!(data("short").is_err());
    }
}
