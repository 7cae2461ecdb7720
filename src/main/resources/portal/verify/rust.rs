// Cargo.toml: hmac = "0.12", sha2 = "0.10", hex = "0.4", base64 = "0.22"
use base64::{engine::general_purpose::STANDARD, Engine};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::time::{SystemTime, UNIX_EPOCH};

fn mac(key: &[u8], parts: &[&[u8]]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length");
    parts.iter().for_each(|part| mac.update(part));
    mac
}

/// `body`: the bytes as they came, before any parsing. `header`: finds a header. Comparing takes the same time whatever comes.
pub fn verify(body: &[u8], header: impl Fn(&str) -> Option<String>, secret: &str) -> bool {
    ["X-MAC-Signature", "X-MAC-Signature-Previous"].iter().any(|name| {
        let given = header(name).unwrap_or_default();
        let bytes = given.strip_prefix("sha256=").and_then(|hex| hex::decode(hex).ok());
        bytes.is_some_and(|bytes| mac(secret.as_bytes(), &[body]).verify_slice(&bytes).is_ok())
    })
}

/// Standard Webhooks: covers the id and the time too, so that nobody can send a recorded request again later.
pub fn verify_standard(body: &[u8], header: impl Fn(&str) -> Option<String>, secret: &str) -> bool {
    let id = header("webhook-id").unwrap_or_default();
    let time = header("webhook-timestamp").unwrap_or_default();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970").as_secs();
    if !time.parse::<u64>().is_ok_and(|at| at.abs_diff(now) <= 300) {
        return false;
    }
    let Ok(key) = STANDARD.decode(secret.trim_start_matches("whsec_")) else { return false };
    let signed = format!("{id}.{time}.");
    header("webhook-signature").unwrap_or_default().split(' ').any(|given| {
        let bytes = given.strip_prefix("v1,").and_then(|text| STANDARD.decode(text).ok());
        bytes.is_some_and(|bytes| mac(&key, &[signed.as_bytes(), body]).verify_slice(&bytes).is_ok())
    })
}
