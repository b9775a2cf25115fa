//! The RPCs of the bot: decode, call one operation, encode.

use contract::bot::bot_intake_service_server::BotIntakeService;
use contract::bot::{ParkUpdateRequest, ParkUpdateResponse, TakeUpdateRequest, TakeUpdateResponse};
use tonic::{Request, Response, Status};

use crate::bot::Bot;
use crate::operations::parking;

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
        let ParkUpdateRequest { update, reason } = request.into_inner();
        parking::park_update(&self.bot.pool, &update, &reason).await?;
        Ok(Response::new(ParkUpdateResponse {}))
    }
}
