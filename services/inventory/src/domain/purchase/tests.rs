//! The purchase under every pair of faults, against a model of the stock and of the money.

use super::*;

const PRICE: i64 = 100;
/// A run that has not ended after this many rounds never will.
const ROUNDS_MAX: usize = 20;
const STEPS: [Step; 4] = [Step::Reserve, Step::Charge, Step::Deliver, Step::Release];

fn rub(minor: i64) -> Money {
    Money::new(minor, "RUB".parse().unwrap())
}

/// What can go wrong with one try of one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    /// The request never arrived.
    LostBefore,
    /// It was done, the answer got lost.
    LostAfter,
    /// The port refuses although it could; only a first try may be, a port does not change its mind.
    Refused,
    /// It was done and answered, and the process died before it could use the answer.
    CrashBeforeSave,
}

const FAULTS: [Fault; 5] =
    [Fault::None, Fault::LostBefore, Fault::LostAfter, Fault::Refused, Fault::CrashBeforeSave];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Free,
    Reserved,
    Sold,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Reserved,
    Delivered,
    Released,
}

/// The world outside the machine: one unit, one order, one wallet.
struct World {
    unit: Unit,
    row: Option<Row>,
    balance: i64,
    received: i64,
    /// What payments answered for the order's id; kept for ever.
    charge: Option<bool>,
    times_charged: u32,
    times_delivered: u32,
}

impl World {
    fn new(balance: i64, in_stock: bool) -> Self {
        Self {
            unit: if in_stock { Unit::Free } else { Unit::Sold },
            row: None,
            balance,
            received: 0,
            charge: None,
            times_charged: 0,
            times_delivered: 0,
        }
    }

    fn reserve(&mut self, refuse: bool) -> Outcome<Refusal> {
        if self.row.is_some() {
            return Outcome::Done;
        }
        if refuse || self.unit != Unit::Free {
            return Outcome::Refused(Refusal::OutOfStock);
        }
        self.unit = Unit::Reserved;
        self.row = Some(Row::Reserved);
        Outcome::Done
    }

    fn charge(&mut self, refuse: bool) -> Outcome<Refusal> {
        let charged = *self.charge.get_or_insert_with(|| {
            let enough = !refuse && self.balance >= PRICE;
            if enough {
                self.balance -= PRICE;
                self.received += PRICE;
                self.times_charged += 1;
            }
            enough
        });
        if charged {
            Outcome::Done
        } else {
            Outcome::Refused(Refusal::InsufficientFunds(rub(self.balance)))
        }
    }

    fn deliver(&mut self) -> Outcome<Refusal> {
        match self.row {
            Some(Row::Reserved) => {
                self.row = Some(Row::Delivered);
                self.unit = Unit::Sold;
                self.times_delivered += 1;
                Outcome::Done
            }
            Some(Row::Delivered) => Outcome::Done,
            _ => panic!("an order is never delivered from {:?}", self.row),
        }
    }

    fn release(&mut self) -> Outcome<Refusal> {
        match self.row {
            Some(Row::Reserved) => {
                self.row = Some(Row::Released);
                self.unit = Unit::Free;
                Outcome::Done
            }
            Some(Row::Released) => Outcome::Done,
            _ => panic!("an order is never released from {:?}", self.row),
        }
    }

    fn perform(&mut self, step: Step, refuse: bool) -> Outcome<Refusal> {
        match step {
            Step::Reserve => self.reserve(refuse),
            Step::Charge => self.charge(refuse),
            Step::Deliver => self.deliver(),
            Step::Release => self.release(),
        }
    }

    /// The machine as whoever comes next finds it.
    fn stored(&self) -> Purchase {
        match self.row {
            None => Purchase::New,
            Some(Row::Reserved) => Purchase::Reserved,
            Some(Row::Delivered) => Purchase::Delivered,
            Some(Row::Released) => {
                Purchase::Released(Refusal::InsufficientFunds(rub(self.balance)))
            }
        }
    }
}

/// The faults of one step, in order of its tries.
#[derive(Debug, Clone, Copy)]
struct Script {
    step: Step,
    faults: [Fault; 2],
}

fn run(world: &mut World, scripts: &[Script]) -> Purchase {
    let mut tries = std::collections::HashMap::<Step, usize>::new();
    let mut machine = Purchase::New;
    for _ in 0..ROUNDS_MAX {
        let Some(step) = machine.next() else { return machine };
        let nth = tries.entry(step).or_default();
        let script = scripts.iter().find(|script| script.step == step);
        let fault = script.and_then(|s| s.faults.get(*nth).copied()).unwrap_or(Fault::None);
        *nth += 1;
        let outcome = match fault {
            Fault::LostBefore => Outcome::Unknown,
            Fault::LostAfter => {
                world.perform(step, false);
                Outcome::Unknown
            }
            Fault::CrashBeforeSave => {
                world.perform(step, false);
                machine = world.stored();
                continue;
            }
            Fault::Refused => world.perform(step, true),
            Fault::None => world.perform(step, false),
        };
        machine = machine.after(step, outcome);
    }
    panic!("did not end: {machine:?} under {scripts:?}");
}

fn check(world: &World, end: &Purchase, start: i64, context: &str) {
    assert_eq!(world.balance + world.received, start, "money is conserved: {context}");
    assert!(world.balance >= 0, "nobody owes: {context}");
    assert!(world.times_charged <= 1 && world.times_delivered <= 1, "nothing twice: {context}");
    match end {
        Purchase::Delivered => {
            assert_eq!((world.unit, world.row), (Unit::Sold, Some(Row::Delivered)), "{context}");
            assert_eq!(world.received, PRICE, "what is delivered is paid: {context}");
        }
        Purchase::Released(_) => {
            assert_eq!((world.unit, world.row), (Unit::Free, Some(Row::Released)), "{context}");
            assert_eq!(world.received, 0, "what is released is free: {context}");
        }
        Purchase::Rejected(_) => {
            assert_eq!((world.row, world.charge), (None, None), "nothing happened: {context}");
        }
        other => panic!("not an end: {other:?} {context}"),
    }
}

#[test]
fn shop_06_sec_24_a_purchase_under_every_pair_of_faults_is_wholly_done_or_wholly_undone() {
    let mut runs = 0;
    for start in [0, PRICE - 1, PRICE, 3 * PRICE] {
        for in_stock in [true, false] {
            for one in STEPS {
                for other in STEPS {
                    for pair in FAULTS.into_iter().flat_map(|a| FAULTS.map(|b| (a, b))) {
                        for then in FAULTS {
                            let scripts = [
                                Script { step: one, faults: [pair.0, then] },
                                Script { step: other, faults: [pair.1, Fault::None] },
                            ];
                            let mut world = World::new(start, in_stock);
                            let end = run(&mut world, &scripts);
                            check(&world, &end, start, &format!("{start} {in_stock} {scripts:?}"));
                            runs += 1;
                        }
                    }
                }
            }
        }
    }
    assert_eq!(runs, 4 * 2 * 4 * 4 * 25 * 5);
}

#[test]
fn without_faults_the_wallet_decides() {
    let mut rich = World::new(PRICE, true);
    assert_eq!(run(&mut rich, &[]), Purchase::Delivered);
    let mut poor = World::new(PRICE - 1, true);
    let why = Refusal::InsufficientFunds(rub(PRICE - 1));
    assert_eq!(run(&mut poor, &[]), Purchase::Released(why));
    let mut late = World::new(PRICE, false);
    assert_eq!(run(&mut late, &[]), Purchase::Rejected(Refusal::OutOfStock));
}

#[test]
fn two_runners_in_any_interleaving_end_alike() {
    // Every order of 12 turns between two runners, each of which keeps its own idea of the state.
    for start in [0, PRICE] {
        for turns in 0_u16..1 << 12 {
            let mut world = World::new(start, true);
            let mut runners = [Purchase::New, Purchase::New];
            for turn in 0..12 {
                let runner = &mut runners[usize::from(turns >> turn & 1)];
                if let Some(step) = runner.next() {
                    let outcome = world.perform(step, false);
                    *runner = runner.clone().after(step, outcome);
                }
            }
            for runner in &mut runners {
                while let Some(step) = runner.next() {
                    let outcome = world.perform(step, false);
                    *runner = runner.clone().after(step, outcome);
                }
            }
            assert_eq!(runners[0], runners[1]);
            check(&world, &runners[0], start, &format!("turns {turns:b}"));
        }
    }
}

#[test]
fn unknown_never_moves_the_machine() {
    let states = [
        Purchase::New,
        Purchase::Reserved,
        Purchase::Charged,
        Purchase::Declined(Refusal::OutOfStock),
        Purchase::Delivered,
    ];
    for state in states {
        for step in STEPS {
            assert_eq!(state.clone().after(step, Outcome::Unknown), state);
        }
    }
}

#[test]
fn after_the_pivot_there_is_only_forward() {
    let refused = Outcome::Refused(Refusal::OutOfStock);
    assert_eq!(Purchase::Charged.after(Step::Deliver, refused.clone()), Purchase::Charged);
    assert_eq!(Purchase::Charged.after(Step::Release, Outcome::Done), Purchase::Charged);
    assert_eq!(Purchase::Delivered.after(Step::Charge, refused), Purchase::Delivered);
}
