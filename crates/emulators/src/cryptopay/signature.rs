//! The signature of a webhook: HMAC-SHA256 of the raw body, keyed with the SHA-256 of the token.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// The lower-case hex of the header `crypto-pay-api-signature`.
pub fn sign(token: &str, body: &[u8]) -> String {
    let key = Sha256::digest(token.as_bytes());
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("HMAC takes keys of any length");
    mac.update(body);
    hex::encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_vector_is_met() {
        let token = "12345:AAexampleTokenForDocsOnly000000000000";
        let body = concat!(
            r#"{"update_id":7,"update_type":"invoice_paid","#,
            r#""request_date":"2026-01-02T03:04:05.000Z","#,
            r#""payload":{"invoice_id":528890,"hash":"IVDoTcNBYEfk","currency_type":"crypto","#,
            r#""asset":"USDT","amount":"12.5","status":"paid","payload":"ord_01HZX"}}"#,
        );
        assert_eq!(body.len(), 234);
        let expected = "0390047cbba6ada19ade3611405b1d6bbc49d664f2193f8996565e16257d8024";
        assert_eq!(sign(token, body.as_bytes()), expected);
        assert_ne!(sign(token, format!("{body}\n").as_bytes()), expected);
    }
}
