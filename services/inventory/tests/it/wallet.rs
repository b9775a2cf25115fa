//! Payments, as far as inventory knows it: wallets that remember every charge, and that can lose requests and answers.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use contract::common::Money;
use contract::payments::charge_wallet_response::Outcome;
use contract::payments::wallet_service_server::{WalletService, WalletServiceServer};
use contract::payments::{
    ChargeWalletRequest, ChargeWalletResponse, Charged, GetWalletRequest, GetWalletResponse,
    GrantKind, GrantWalletRequest, GrantWalletResponse, ListOperationsRequest,
    ListOperationsResponse, OpenWalletRequest, OpenWalletResponse, Refused, TakeBackGrantRequest,
    TakeBackGrantResponse,
};
use contract::switchboard::Switchboard;
use contract::wire::Wire;
use tonic::service::Routes;
use tonic::{Request, Response, Status};

/// What goes wrong with one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The request never arrives.
    LostBefore,
    /// It is done and the answer gets lost.
    LostAfter,
}

/// A movement that was asked for, charged or refused for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    pub person: i64,
    pub minor: i64,
    pub charged: bool,
}

#[derive(Default)]
struct Books {
    balances: HashMap<i64, i64>,
    transfers: HashMap<String, Transfer>,
    /// Person, amount and reference by transfer.
    grants: HashMap<String, (i64, i64, String)>,
    faults: VecDeque<Fault>,
    is_down: bool,
    calls: u32,
}

/// All wallets. Cheap to clone.
#[derive(Clone, Default)]
pub struct Wallets(Arc<Mutex<Books>>);

impl Wallets {
    pub fn wire(&self) -> Wire {
        let board = Switchboard::default();
        board.connect(Routes::new(WalletServiceServer::new(self.clone())).prepare());
        board.wire()
    }

    pub fn top_up(&self, person: i64, minor: i64) {
        *self.books().balances.entry(person).or_default() += minor;
    }

    pub fn balance(&self, person: i64) -> i64 {
        self.books().balances.get(&person).copied().unwrap_or_default()
    }

    /// The next calls go wrong like this.
    pub fn script(&self, faults: impl IntoIterator<Item = Fault>) {
        self.books().faults.extend(faults);
    }

    /// What was scripted and has not come to pass goes well.
    pub fn forget_script(&self) {
        self.books().faults.clear();
    }

    /// No call arrives until they are up again.
    pub fn go_down(&self) {
        self.books().is_down = true;
    }

    pub fn come_up(&self) {
        self.books().is_down = false;
    }

    pub fn calls(&self) -> u32 {
        self.books().calls
    }

    pub fn transfer(&self, order: &str) -> Option<Transfer> {
        self.books().transfers.get(order).cloned()
    }

    pub fn charged(&self) -> Vec<(String, Transfer)> {
        let books = self.books();
        let charged = books.transfers.iter().filter(|(_, transfer)| transfer.charged);
        charged.map(|(order, transfer)| (order.clone(), transfer.clone())).collect()
    }

    /// Every grant, once.
    pub fn granted(&self) -> Vec<(i64, i64, String)> {
        let mut granted: Vec<_> = self.books().grants.values().cloned().collect();
        granted.sort();
        granted
    }

    fn grant(&self, request: GrantWalletRequest) -> Result<GrantWalletResponse, Status> {
        let mut books = self.books();
        books.calls += 1;
        let fault = books.faults.pop_front();
        if books.is_down || fault == Some(Fault::LostBefore) {
            return Err(Status::unavailable("lost on the way there"));
        }
        assert_eq!(request.kind(), GrantKind::Promo);
        let GrantWalletRequest { transfer_id, person_id: person, reference, amount, .. } = request;
        let (minor, currency) = amount.map(|amount| (amount.minor, amount.currency)).unwrap();
        let asked = (person, minor, reference);
        match books.grants.insert(transfer_id, asked.clone()) {
            Some(known) => assert_eq!(known, asked, "the same id grants the same"),
            None => *books.balances.entry(person).or_default() += minor,
        }
        if fault == Some(Fault::LostAfter) {
            return Err(Status::deadline_exceeded("lost on the way back"));
        }
        let minor = books.balances[&person];
        Ok(GrantWalletResponse { available: Some(Money { minor, currency }) })
    }

    fn books(&self) -> std::sync::MutexGuard<'_, Books> {
        self.0.lock().unwrap()
    }

    fn charge(&self, request: &ChargeWalletRequest) -> Result<ChargeWalletResponse, Status> {
        let mut books = self.books();
        books.calls += 1;
        let fault = books.faults.pop_front();
        if books.is_down || fault == Some(Fault::LostBefore) {
            return Err(Status::unavailable("lost on the way there"));
        }
        let amount = request.amount.clone().unwrap();
        let transfer = books.settle(request, amount.minor);
        let minor = books.balances.get(&request.person_id).copied().unwrap_or_default();
        if fault == Some(Fault::LostAfter) {
            return Err(Status::deadline_exceeded("lost on the way back"));
        }
        let available = Some(Money { minor, currency: amount.currency });
        let outcome = if transfer.charged {
            Outcome::Charged(Charged { available })
        } else {
            Outcome::Refused(Refused { available })
        };
        Ok(ChargeWalletResponse { outcome: Some(outcome) })
    }
}

impl Books {
    /// The first answer to an id is the answer for ever.
    fn settle(&mut self, request: &ChargeWalletRequest, minor: i64) -> Transfer {
        let person = request.person_id;
        if let Some(known) = self.transfers.get(&request.transfer_id) {
            assert_eq!(
                (known.person, known.minor),
                (person, minor),
                "the same id charges the same"
            );
            return known.clone();
        }
        let balance = self.balances.entry(person).or_default();
        let charged = *balance >= minor;
        if charged {
            *balance -= minor;
        }
        let transfer = Transfer { person, minor, charged };
        self.transfers.insert(request.transfer_id.clone(), transfer.clone());
        transfer
    }
}

#[tonic::async_trait]
impl WalletService for Wallets {
    async fn open_wallet(
        &self,
        _: Request<OpenWalletRequest>,
    ) -> Result<Response<OpenWalletResponse>, Status> {
        Err(Status::unimplemented("inventory does not ask this"))
    }

    async fn get_wallet(
        &self,
        _: Request<GetWalletRequest>,
    ) -> Result<Response<GetWalletResponse>, Status> {
        Err(Status::unimplemented("inventory does not ask this"))
    }

    async fn list_operations(
        &self,
        _: Request<ListOperationsRequest>,
    ) -> Result<Response<ListOperationsResponse>, Status> {
        Err(Status::unimplemented("inventory does not ask this"))
    }

    async fn charge_wallet(
        &self,
        request: Request<ChargeWalletRequest>,
    ) -> Result<Response<ChargeWalletResponse>, Status> {
        let actor = testkit::keys().verify(request.metadata().as_ref()).unwrap();
        assert_eq!(actor, contract::actor::Actor::Service("inventory".into()));
        self.charge(request.get_ref()).map(Response::new)
    }

    async fn grant_wallet(
        &self,
        request: Request<GrantWalletRequest>,
    ) -> Result<Response<GrantWalletResponse>, Status> {
        let actor = testkit::keys().verify(request.metadata().as_ref()).unwrap();
        assert_eq!(actor, contract::actor::Actor::Service("inventory".into()));
        self.grant(request.into_inner()).map(Response::new)
    }

    async fn take_back_grant(
        &self,
        _: Request<TakeBackGrantRequest>,
    ) -> Result<Response<TakeBackGrantResponse>, Status> {
        Err(Status::unimplemented("inventory takes nothing back"))
    }
}
