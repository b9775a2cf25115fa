//! Who acts: a short-lived signed token on every call, minted by the roles, verified by every service.

use std::sync::Arc;

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use kernel::clock::Clock;
use kernel::ids::PersonId;
use serde::{Deserialize, Serialize};
use tonic::metadata::{Ascii, MetadataValue};

use crate::access::Rule;
use crate::failure::{Failure, Kind, UNAUTHENTICATED};
use crate::hs256;

/// How long a token is good for: longer than any call, shorter than any misuse of a leaked one.
const LIFETIME_SECONDS: i64 = 60;
/// Clocks of two machines may differ by this much.
const LEEWAY_SECONDS: i64 = 15;
/// A shorter key could be guessed.
pub const KEY_BYTES_MIN: usize = 32;

/// Who makes a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// One of Bodega's own services, for itself.
    Service(String),
    /// A person, with the permission bits of their role.
    Person {
        /// Telegram's id of the person.
        id: PersonId,
        /// Permission bits; see `Permission` in the contract.
        bits: u32,
    },
}

impl Actor {
    /// The person who acts.
    ///
    /// # Errors
    /// `common.not_a_person` when a service acts for itself.
    pub fn person(&self) -> Result<PersonId, Failure> {
        match self {
            Self::Person { id, .. } => Ok(*id),
            Self::Service(_) => Err(Failure::new(Kind::Denied, "common.not_a_person")
                .because("this method is about the person who calls it")),
        }
    }

    /// Whether the rule of a method lets this actor in.
    pub fn may(&self, rule: Rule) -> bool {
        match (rule, self) {
            (Rule::Service, Self::Service(_)) | (Rule::Owner, Self::Person { .. }) => true,
            (Rule::Permission(needed), Self::Person { bits, .. }) => bits & needed == needed,
            _ => false,
        }
    }
}

/// Whether who has the rights `actor_bits` may act on a person who has `target_bits`: block them, give them a role, take
/// from their balance. Only on those below: with fewer rights, and none that the actor lacks. Bits are compared one by
/// one; as numbers they mean nothing. Nobody is below themselves, but whether it is the same person the caller checks.
pub fn outranks(actor_bits: u32, target_bits: u32) -> bool {
    target_bits & !actor_bits == 0 && target_bits != actor_bits
}

#[derive(Serialize, Deserialize)]
struct Claims {
    /// `svc:<name>` or the person's id.
    sub: String,
    #[serde(default)]
    bits: u32,
    exp: i64,
}

/// The key that all roles of one installation share.
#[derive(Clone)]
pub struct ActorKeys(Arc<Keys>);

struct Keys {
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
    clock: Clock,
}

impl ActorKeys {
    /// Keys from a secret of at least [`KEY_BYTES_MIN`] bytes.
    ///
    /// # Errors
    /// `common.actor_key_short`.
    pub fn new(secret: &[u8], clock: Clock) -> Result<Self, Failure> {
        if secret.len() < KEY_BYTES_MIN {
            return Err(Failure::new(Kind::Invalid, "common.actor_key_short")
                .because("security.actor_key needs at least 32 bytes; `openssl rand -base64 32`"));
        }
        hs256::install();
        let (encoding, decoding) = hs256::keys(secret);
        let mut validation = Validation::new(Algorithm::HS256);
        // Checked below against our own clock, which a test can move.
        validation.validate_exp = false;
        validation.required_spec_claims.clear();
        Ok(Self(Arc::new(Keys { encoding, decoding, validation, clock })))
    }

    /// A caller that puts this actor's token on its requests; mint one per piece of work.
    pub fn caller(&self, actor: &Actor) -> Caller {
        let (sub, bits) = match actor {
            Actor::Service(name) => (format!("svc:{name}"), 0),
            Actor::Person { id, bits } => (id.to_string(), *bits),
        };
        let claims = Claims { sub, bits, exp: self.0.clock.now().as_second() + LIFETIME_SECONDS };
        let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.0.encoding)
            .expect("claims of text and numbers always serialise");
        let mut value: MetadataValue<Ascii> =
            format!("Bearer {token}").parse().expect("base64url and dots are ASCII");
        value.set_sensitive(true);
        Caller { value }
    }

    /// Who is behind the token of a request.
    ///
    /// # Errors
    /// `common.unauthenticated` when the token is missing, forged, or out of date.
    pub fn verify(&self, headers: &http::HeaderMap) -> Result<Actor, Failure> {
        let refused = || {
            Failure::new(Kind::Unauthenticated, UNAUTHENTICATED)
                .because("the call carries no valid actor token")
        };
        let token = headers
            .get("authorization")
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .ok_or_else(refused)?;
        let claims = jsonwebtoken::decode::<Claims>(token, &self.0.decoding, &self.0.validation)
            .map_err(|_| refused())?
            .claims;
        if claims.exp + LEEWAY_SECONDS < self.0.clock.now().as_second() {
            return Err(refused());
        }
        match claims.sub.strip_prefix("svc:") {
            Some(name) => Ok(Actor::Service(name.to_owned())),
            None => {
                let id = claims.sub.parse().map_err(|_| refused())?;
                let id = PersonId::new(id).map_err(|_| refused())?;
                Ok(Actor::Person { id, bits: claims.bits })
            }
        }
    }
}

/// Puts one actor's token on requests.
#[derive(Clone, Debug)]
pub struct Caller {
    value: MetadataValue<Ascii>,
}

impl Caller {
    /// The message as a request of this actor.
    pub fn request<T>(&self, message: T) -> tonic::Request<T> {
        let mut request = tonic::Request::new(message);
        request.metadata_mut().insert("authorization", self.value.clone());
        request
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn keys(clock: &Clock) -> ActorKeys {
        ActorKeys::new(&[7; 32], clock.clone()).unwrap()
    }

    fn anna() -> Actor {
        Actor::Person { id: PersonId(42), bits: 17 }
    }

    fn clock() -> Clock {
        Clock::fixed(Timestamp::from_second(1_800_000_000).unwrap())
    }

    #[test]
    fn sec_13_a_token_says_who_acts_until_it_is_too_old() {
        let clock = clock();
        let keys = keys(&clock);
        for actor in [anna(), Actor::Service("bot".into())] {
            let request = keys.caller(&actor).request(());
            assert_eq!(keys.verify(request.metadata().as_ref()).unwrap(), actor);
        }
        let request = keys.caller(&anna()).request(());
        clock.advance(76_000);
        assert_eq!(
            keys.verify(request.metadata().as_ref()).unwrap_err().code(),
            "common.unauthenticated"
        );
    }

    #[test]
    fn another_key_another_algorithm_or_no_token_is_nobody() {
        let clock = clock();
        let keys = keys(&clock);
        let other = ActorKeys::new(&[8; 32], clock).unwrap();
        assert!(keys.verify(other.caller(&anna()).request(()).metadata().as_ref()).is_err());
        assert!(keys.verify(&http::HeaderMap::new()).is_err());
        let mut none = http::HeaderMap::new();
        // {"alg":"none"} with the claims of person 42.
        let token = "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiI0MiIsImV4cCI6OTk5OTk5OTk5OX0.";
        none.insert("authorization", token.parse().unwrap());
        assert!(keys.verify(&none).is_err());
    }

    #[test]
    fn bug_37_only_those_with_fewer_rights_are_below() {
        assert!(outranks(1_023, 927) && outranks(927, 1) && outranks(9, 1));
        for (actor, target) in [(927, 927), (1, 1), (927, 1_023), (512, 1), (9, 17), (1_022, 1)] {
            assert!(!outranks(actor, target), "{actor} on {target}");
        }
    }

    #[test]
    fn a_short_key_is_refused() {
        assert!(ActorKeys::new(b"secret", Clock::System).is_err());
    }

    #[test]
    fn bug_36_rbac_09_rules_let_in_whom_they_name() {
        let service = Actor::Service("bot".into());
        assert!(service.may(Rule::Service) && !service.may(Rule::Owner));
        assert!(!service.may(Rule::Permission(1)));
        assert!(anna().may(Rule::Owner) && !anna().may(Rule::Service));
        assert!(anna().may(Rule::Permission(16)) && anna().may(Rule::Permission(17)));
        assert!(!anna().may(Rule::Permission(256)) && !anna().may(Rule::Permission(16 | 256)));
    }
}
