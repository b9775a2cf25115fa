//! The secret that Telegram sends back to prove itself, compared without telling how much of a
//! guess was right.

use chassis::config::SettingsError;
use http::HeaderMap;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use subtle::{Choice, ConstantTimeEq};
use telegram::SECRET_HEADER;

/// A shorter one can be guessed.
const CHARS_MIN: usize = 32;

/// The secret that is announced to Telegram and, while it is being changed, the one before.
#[derive(Clone)]
pub struct Secrets {
    current: SecretString,
    digests: Vec<[u8; 32]>,
}

impl Secrets {
    /// Secrets of at least 32 characters.
    ///
    /// # Errors
    /// Names the setting that is too short, never its value.
    pub fn new(
        current: Option<SecretString>,
        previous: Option<SecretString>,
    ) -> Result<Self, SettingsError> {
        let current = current.unwrap_or_default();
        let settings = [("secret", Some(&current)), ("previous_secret", previous.as_ref())];
        let mut digests = Vec::new();
        for (name, secret) in settings {
            let Some(secret) = secret.map(ExposeSecret::expose_secret) else { continue };
            if secret.len() < CHARS_MIN {
                return Err(SettingsError::from(format!(
                    "telegram.webhook.{name} must have at least {CHARS_MIN} characters; \
                     make one with `openssl rand -hex 32`"
                )));
            }
            digests.push(Sha256::digest(secret).into());
        }
        Ok(Self { current, digests })
    }

    /// The secret to announce.
    pub fn current(&self) -> &SecretString {
        &self.current
    }

    /// Whether a request carries exactly one secret and it is ours.
    pub fn admit(&self, headers: &HeaderMap) -> bool {
        let mut values = headers.get_all(SECRET_HEADER).iter();
        let (Some(value), None) = (values.next(), values.next()) else { return false };
        // Digests are of one length and tell nothing about how near a guess was.
        let seen: [u8; 32] = Sha256::digest(value.as_bytes()).into();
        let none = Choice::from(0);
        self.digests.iter().fold(none, |found, known| found | known.ct_eq(&seen)).into()
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    const OURS: &str = "0123456789abcdef0123456789abcdef";
    const BEFORE: &str = "fedcba9876543210fedcba9876543210";

    fn headers(values: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(SECRET_HEADER, HeaderValue::from_str(value).unwrap());
        }
        headers
    }

    #[test]
    fn wh05_exactly_one_right_secret_is_admitted() {
        let secrets = Secrets::new(Some(OURS.into()), None).unwrap();
        assert!(secrets.admit(&headers(&[OURS])));
        let other_last = OURS.replace("ef0123456789abcdef", "ef0123456789abcdee");
        let longer = OURS.repeat(300);
        for values in [
            &[][..],
            &[""],
            &[&OURS[..31]],
            &[&other_last],
            &[&longer],
            &[OURS, OURS],
            &[OURS, BEFORE],
            &[BEFORE, OURS],
        ] {
            assert!(!secrets.admit(&headers(values)), "{values:?}");
        }
    }

    #[test]
    fn wh06_the_secret_before_is_good_while_it_is_configured() {
        let secrets = Secrets::new(Some(OURS.into()), Some(BEFORE.into())).unwrap();
        assert!(secrets.admit(&headers(&[OURS])) && secrets.admit(&headers(&[BEFORE])));
        assert_eq!(secrets.current().expose_secret(), OURS);
    }

    #[test]
    fn wh04_a_missing_or_short_secret_is_refused_by_its_setting() {
        for (current, previous, name) in [
            (None, None, "telegram.webhook.secret "),
            (Some(""), None, "telegram.webhook.secret "),
            (Some("hunter2"), None, "telegram.webhook.secret "),
            (Some(OURS), Some("hunter2"), "telegram.webhook.previous_secret "),
        ] {
            let Err(error) = Secrets::new(current.map(Into::into), previous.map(Into::into)) else {
                panic!("{current:?} was accepted")
            };
            let message = error.to_string();
            assert!(message.contains(name) && !message.contains("hunter2"), "{message}");
        }
    }
}
