//! The RPCs of the bot: decode, call one operation, encode.

pub mod bot_feed;
pub mod broadcast_admin;
pub mod people_admin;
pub mod reward;
pub mod tickets;

use contract::bot::bot_intake_service_server::BotIntakeService;
use contract::bot::{ParkUpdateRequest, ParkUpdateResponse, TakeUpdateRequest, TakeUpdateResponse};
use tonic::{Request, Response, Status};

use crate::bot::Bot;
use crate::operations::parking::Parking;

/// Where Telegram's updates come in.
pub struct Intake {
    bot: Bot,
    parking: Parking,
}

impl Intake {
    /// For this bot; what it cannot handle is parked here.
    pub fn new(bot: Bot, parking: Parking) -> Self {
        Self { bot, parking }
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
        self.parking.park(&update, &reason).await?;
        Ok(Response::new(ParkUpdateResponse {}))
    }
}
