//! What staff do about broadcasts from the chat: the bot's own methods, called as that person, so that their rules hold.

use contract::bot as wire;
use contract::bot::broadcast_admin_service_client::BroadcastAdminServiceClient;
use contract::convert;
use contract::failure::Failure;
use jiff::Timestamp;
use kernel::ids::{BroadcastId, PressId};
use kernel::page::{Page, PageRequest};

use crate::broadcast::wire::{audience_told, content_told, read};
use crate::broadcast::{Audience, Broadcast, Content};
use crate::operations::broadcasts::Count;
use crate::peers::{Peers, absent, page};

impl Peers {
    /// Keeps a message and whom it is for.
    pub async fn draft_broadcast(
        &self,
        id: BroadcastId,
        content: &Content,
        audience: Audience,
    ) -> Result<Broadcast, Failure> {
        let request = self.work(wire::DraftBroadcastRequest {
            broadcast_id: id.to_string(),
            content: Some(content_told(content)),
            audience: Some(audience_told(audience)),
        });
        let answer = self.broadcast_admin().draft_broadcast(request).await?.into_inner();
        read(answer.broadcast.ok_or_else(|| absent("broadcast"))?)
    }

    /// One broadcast.
    pub async fn get_broadcast(&self, id: BroadcastId) -> Result<Broadcast, Failure> {
        let request = self.read(wire::GetBroadcastRequest { broadcast_id: id.to_string() });
        let answer = self.broadcast_admin().get_broadcast(request).await?.into_inner();
        read(answer.broadcast.ok_or_else(|| absent("broadcast"))?)
    }

    /// A page of all of them, newest first.
    pub async fn list_broadcasts(&self, at: PageRequest) -> Result<Page<Broadcast>, Failure> {
        let request = self.read(wire::ListBroadcastsRequest { page: Some(page(at)) });
        let answer = self.broadcast_admin().list_broadcasts(request).await?.into_inner();
        let rows = answer.broadcasts.into_iter().map(read).collect::<Result<_, _>>()?;
        Ok(Page { rows, total: answer.total })
    }

    /// How many people one would go to now.
    pub async fn count_audience(&self, id: BroadcastId) -> Result<Count, Failure> {
        let request = self.work(wire::CountAudienceRequest { broadcast_id: id.to_string() });
        let answer = self.broadcast_admin().count_audience(request).await?.into_inner();
        Ok(Count { people: answer.people, is_at_least: answer.is_at_least })
    }

    /// Has it sent to this person alone.
    pub async fn preview_broadcast(
        &self,
        id: BroadcastId,
        preview: PressId,
    ) -> Result<(), Failure> {
        let (broadcast_id, preview_id) = (id.to_string(), preview.to_string());
        let request = self.work(wire::PreviewBroadcastRequest { broadcast_id, preview_id });
        self.broadcast_admin().preview_broadcast(request).await?;
        Ok(())
    }

    /// Begins it, now or at a time.
    pub async fn start_broadcast(
        &self,
        id: BroadcastId,
        at: Option<Timestamp>,
    ) -> Result<Broadcast, Failure> {
        let (broadcast_id, starts_at) = (id.to_string(), at.map(convert::timestamp));
        let request = self.work(wire::StartBroadcastRequest { broadcast_id, starts_at });
        let answer = self.broadcast_admin().start_broadcast(request).await?.into_inner();
        read(answer.broadcast.ok_or_else(|| absent("broadcast"))?)
    }

    /// Stops it for good.
    pub async fn cancel_broadcast(&self, id: BroadcastId) -> Result<Broadcast, Failure> {
        let request = self.work(wire::CancelBroadcastRequest { broadcast_id: id.to_string() });
        let answer = self.broadcast_admin().cancel_broadcast(request).await?.into_inner();
        read(answer.broadcast.ok_or_else(|| absent("broadcast"))?)
    }

    fn broadcast_admin(&self) -> BroadcastAdminServiceClient<contract::wire::Wire> {
        BroadcastAdminServiceClient::new(self.wires.bot.clone())
    }
}
