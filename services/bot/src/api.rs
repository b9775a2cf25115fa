//! The RPCs of the bot: decode, call one operation, encode.

use contract::bot::bot_intake_service_server::BotIntakeService;
use contract::bot::{ParkUpdateRequest, ParkUpdateResponse, TakeUpdateRequest, TakeUpdateResponse};
use sha2::{Digest, Sha256};
use tonic::{Request, Response, Status};

use crate::bot::Bot;
use crate::store::parked_updates::{self, Parked};

/// Bytes kept of an update that is set aside.
const PARKED_BYTES_MAX: usize = 64 * 1024;
/// Bytes kept of its reason, which is a code.
const REASON_BYTES_MAX: usize = 64;
/// Where updates come from; others may join.
const SOURCE: &str = "telegram";

/// Where Telegram's updates come in.
pub struct Intake {
    bot: Bot,
}

impl Intake {
    /// For this bot.
    pub fn new(bot: Bot) -> Self {
        Self { bot }
    }
}

#[tonic::async_trait]
impl BotIntakeService for Intake {
    async fn take_update(
        &self,
        request: Request<TakeUpdateRequest>,
    ) -> Result<Response<TakeUpdateResponse>, Status> {
        self.bot.take_update(&request.into_inner().update).await?;
        Ok(Response::new(TakeUpdateResponse {}))
    }

    async fn park_update(
        &self,
        request: Request<ParkUpdateRequest>,
    ) -> Result<Response<ParkUpdateResponse>, Status> {
        let ParkUpdateRequest { update, mut reason } = request.into_inner();
        reason.retain(|c| c.is_ascii_alphanumeric() || "._-".contains(c));
        reason.truncate(REASON_BYTES_MAX);
        let sha256 = Sha256::digest(&update);
        let parked = Parked {
            source: SOURCE,
            reason: &reason,
            sha256: &sha256,
            update: &update[..update.len().min(PARKED_BYTES_MAX)],
        };
        parked_updates::insert(&self.bot.pool, parked).await.map_err(chassis::sql::failure)?;
        metrics::counter!("bodega_bot_updates_parked_total", "reason" => reason).increment(1);
        Ok(Response::new(ParkUpdateResponse {}))
    }
}
