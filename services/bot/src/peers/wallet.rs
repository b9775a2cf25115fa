//! The person's wallet and its history.

use contract::convert;
use contract::failure::Failure;
use contract::payments as wire;
pub use contract::payments::OperationKind;
use contract::payments::wallet_service_client::WalletServiceClient;
use jiff::Timestamp;
use kernel::ids::PersonId;
use kernel::money::Money;
use kernel::page::{Page, PageRequest};

use crate::peers::{Peers, page};

/// What a person has.
#[derive(Debug, Clone, Copy)]
pub struct Wallet {
    /// What may be spent.
    pub available: Money,
    /// Set aside for something that may still fail.
    pub held: Money,
    /// All that was ever topped up.
    pub topped_up: Money,
    /// All that was ever spent.
    pub spent: Money,
    /// All that was earned by inviting.
    pub earned: Money,
    /// All that was given back.
    pub refunded: Money,
    /// All else, signed: what staff added or took, gifts.
    pub other: Money,
}

impl TryFrom<wire::GetWalletResponse> for Wallet {
    type Error = Failure;

    fn try_from(wallet: wire::GetWalletResponse) -> Result<Self, Failure> {
        Ok(Self {
            available: convert::money("available", wallet.available)?,
            held: convert::money("held", wallet.held)?,
            topped_up: convert::money("topped_up", wallet.topped_up)?,
            spent: convert::money("spent", wallet.spent)?,
            earned: convert::money("earned", wallet.earned)?,
            refunded: convert::money("refunded", wallet.refunded)?,
            other: convert::money("other", wallet.other)?,
        })
    }
}

/// One movement of the balance.
#[derive(Debug, Clone)]
pub struct Operation {
    /// What it was.
    pub kind: OperationKind,
    /// Signed: negative is money spent.
    pub amount: Money,
    /// When.
    pub at: Timestamp,
    /// What it was for, for example an order's number.
    pub reference: String,
}

impl TryFrom<wire::Operation> for Operation {
    type Error = Failure;

    fn try_from(operation: wire::Operation) -> Result<Self, Failure> {
        Ok(Self {
            kind: operation.kind(),
            amount: convert::money("amount", operation.amount)?,
            at: convert::instant(operation.happened_at),
            reference: operation.reference,
        })
    }
}

impl Peers {
    /// Balance and totals.
    pub async fn get_wallet(&self) -> Result<Wallet, Failure> {
        let request = self.read(wire::GetWalletRequest {});
        self.wallets().get_wallet(request).await?.into_inner().try_into()
    }

    /// Everything that moved the balance, newest first.
    pub async fn list_operations(&self, at: PageRequest) -> Result<Page<Operation>, Failure> {
        let request = self.read(wire::ListOperationsRequest { page: Some(page(at)) });
        let answer = self.wallets().list_operations(request).await?.into_inner();
        let rows = answer.operations.into_iter().map(TryInto::try_into);
        Ok(Page { rows: rows.collect::<Result<_, Failure>>()?, total: answer.total })
    }

    /// Makes sure that a person has a wallet, with who invited them. Called as the bot itself.
    pub async fn open_wallet(
        &self,
        person: PersonId,
        inviter: Option<PersonId>,
    ) -> Result<(), Failure> {
        let request = self.read(wire::OpenWalletRequest {
            person_id: person.0,
            inviter_id: inviter.map_or(0, |inviter| inviter.0),
        });
        self.wallets().open_wallet(request).await?;
        Ok(())
    }

    fn wallets(&self) -> WalletServiceClient<contract::wire::Wire> {
        WalletServiceClient::new(self.wires.payments.clone())
    }
}
