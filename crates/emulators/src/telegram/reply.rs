//! A method call in the body of a webhook's answer: executed, its outcome told to nobody.

use std::sync::Arc;

use serde_json::Value;

use super::api;
use super::methods;
use super::world::World;
use crate::parameters::Parameters;

/// Executes the call in `body`, if there is one that is allowed there.
pub(crate) async fn execute(world: &Arc<World>, body: &[u8]) {
    if !body.starts_with(b"{") {
        return;
    }
    let Ok(Value::Object(mut fields)) = serde_json::from_slice(body) else { return };
    let Some(Value::String(name)) = fields.remove("method") else { return };
    let lower = name.to_ascii_lowercase();
    let refused = ["setwebhook", "deletewebhook", "close", "logout"].contains(&lower.as_str());
    if refused || lower.starts_with("get") {
        return;
    }
    let Some(method) = methods::find(&name) else { return };
    // Its fate concerns nobody: Telegram does not report it either.
    drop(api::perform(world, method, Parameters::from_json(fields)).await);
}
