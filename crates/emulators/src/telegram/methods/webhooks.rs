//! Setting, removing and describing the webhook.

use std::sync::Arc;

use crate::parameters::Parameters;
use crate::telegram::failure::{Answer, Failure};
use crate::telegram::webhook::{Hook, Wanted};
use crate::telegram::world::World;

pub(super) fn set_webhook(world: &Arc<World>, parameters: &Parameters) -> Result<Answer, Failure> {
    let hook = Hook::parse(parameters)?;
    let wanted = Wanted::parse(parameters)?;
    if hook.is_none() {
        return delete_webhook(world, parameters);
    }
    if parameters.flag("drop_pending_updates") {
        world.backlog.drop_pending();
    }
    let (routes, changed) = world.backlog.set_hook(hook, wanted);
    world.deliver_all(routes);
    let description = if changed { "Webhook was set" } else { "Webhook is already set" };
    Ok(Answer::yes().described(description))
}

#[expect(clippy::unnecessary_wraps, reason = "one signature for all methods")]
pub(super) fn delete_webhook(
    world: &Arc<World>,
    parameters: &Parameters,
) -> Result<Answer, Failure> {
    if parameters.flag("drop_pending_updates") {
        world.backlog.drop_pending();
    }
    let (_, changed) = world.backlog.set_hook(None, None);
    let description = if changed { "Webhook was deleted" } else { "Webhook is already deleted" };
    Ok(Answer::yes().described(description))
}

#[expect(clippy::unnecessary_wraps, reason = "one signature for all methods")]
pub(super) fn get_webhook_info(world: &Arc<World>, _: &Parameters) -> Result<Answer, Failure> {
    Ok(Answer::of(&world.backlog.describe_hook()))
}
