//! Who is staff, and what they may do. All who were given a role are kept in memory, so that a buyer's press asks
//! nobody; what a role allows is asked of admin and remembered for moments, and dropped as soon as admin tells of a
//! change.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use contract::failure::Failure;
use kernel::ids::PersonId;
use tokio::time::Instant;

use crate::peers::Peers;
use crate::staff::Staff;

/// An answer of admin's is good for this long, should the news of a change not reach us.
const REMEMBERED_FOR: Duration = Duration::from_secs(30);

/// What everybody may do. Clones are the same.
#[derive(Clone)]
pub struct Rights {
    /// Of the settings: stays the owner, whether admin answers or not.
    owner: Option<PersonId>,
    known: Arc<Mutex<Known>>,
}

#[derive(Default)]
struct Known {
    /// All who were given a role, with the last answer about each.
    staff: HashMap<PersonId, Option<Answer>>,
    /// Counts the news, so that an answer that was asked for before it is not kept after it.
    turn: u64,
}

#[derive(Clone, Copy)]
struct Answer {
    staff: Staff,
    good_until: Instant,
}

impl Rights {
    /// Knows the owner, and nobody else until it is told.
    pub fn new(owner: Option<PersonId>) -> Self {
        Self { owner, known: Arc::default() }
    }

    /// What a person may do now. Where admin does not answer, staff are buyers until it does: nobody acts on rights that
    /// may have been taken. `service` calls as the bot itself.
    pub async fn of(&self, person: PersonId, service: impl FnOnce() -> Peers) -> Staff {
        if self.owner == Some(person) {
            return Staff::OWNER;
        }
        let turn = {
            let known = self.known();
            match known.staff.get(&person) {
                None => return Staff::BUYER,
                Some(Some(answer)) if Instant::now() < answer.good_until => return answer.staff,
                Some(_) => known.turn,
            }
        };
        match service().get_rights(person).await {
            Ok(staff) => {
                self.remember(person, staff, turn);
                staff
            }
            Err(failure) => {
                tracing::warn!(?person, %failure, "what staff may do is not known now");
                Staff::BUYER
            }
        }
    }

    /// What a person may do, as admin says right now: for whoever is about to act on them.
    ///
    /// # Errors
    /// Admin cannot be asked now.
    pub async fn ask(
        &self,
        person: PersonId,
        service: impl FnOnce() -> Peers,
    ) -> Result<Staff, Failure> {
        if self.owner == Some(person) {
            return Ok(Staff::OWNER);
        }
        service().get_rights(person).await
    }

    /// Everybody who may do more than buy, as far as that is known: the owner, and who was given a role.
    pub fn staff(&self) -> Vec<PersonId> {
        let mut staff: Vec<PersonId> = self.known().staff.keys().copied().collect();
        staff.extend(self.owner.filter(|owner| !staff.contains(owner)));
        staff.sort_unstable();
        staff
    }

    /// Reads anew who was given a role, and forgets all answers. `service` calls as the bot itself.
    ///
    /// # Errors
    /// Admin cannot be asked now.
    pub async fn load(&self, service: impl Fn() -> Peers) -> Result<(), Failure> {
        let staff = service().list_staff().await?;
        let mut known = self.known();
        known.staff = staff.into_iter().map(|person| (person, None)).collect();
        known.turn += 1;
        Ok(())
    }

    /// A person has another role now.
    pub fn forget(&self, person: PersonId) {
        let mut known = self.known();
        known.staff.insert(person, None);
        known.turn += 1;
    }

    /// A role allows other things now.
    pub fn forget_answers(&self) {
        let mut known = self.known();
        known.staff.values_mut().for_each(|answer| *answer = None);
        known.turn += 1;
    }

    fn remember(&self, person: PersonId, staff: Staff, turn: u64) {
        let mut known = self.known();
        if known.turn != turn {
            return;
        }
        if staff == Staff::BUYER {
            known.staff.remove(&person);
        } else {
            let good_until = Instant::now() + REMEMBERED_FOR;
            known.staff.insert(person, Some(Answer { staff, good_until }));
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use chassis::ground::{Ground, Wires};
    use contract::failure::Kind;
    use contract::switchboard::Switchboard;

    use super::*;
    use crate::fakes::Fakes;

    const OWNER: PersonId = PersonId(7);
    const ANNA: PersonId = PersonId(42);
    const BORIS: PersonId = PersonId(43);

    struct Stand {
        fakes: Fakes,
        rights: Rights,
        ground: Ground,
    }

    impl Stand {
        async fn new() -> Self {
            let fakes = Fakes::new();
            let wire = || Switchboard::default().wire();
            let none = Wires { payments: wire(), inventory: wire(), bot: wire(), admin: wire() };
            let mut ground = testkit::ground_without_database("", none);
            ground.wires.admin = fakes.admin_wire(&ground.keys, &ground.lifecycle);
            fakes.appoint(ANNA.0, 17);
            let rights = Rights::new(Some(OWNER));
            let stand = Self { fakes, rights, ground };
            stand.rights.load(|| stand.peers()).await.unwrap();
            stand
        }

        fn peers(&self) -> Peers {
            Peers::new(self.ground.wires.clone(), self.ground.caller_for_service("bot"))
        }

        async fn of(&self, person: PersonId) -> Staff {
            self.rights.of(person, || self.peers()).await
        }

        fn asked(&self) -> usize {
            self.fakes.state().calls.get("get_rights").copied().unwrap_or_default()
        }
    }

    #[tokio::test(start_paused = true)]
    async fn cache_01_buyers_and_the_owner_cost_no_call_and_staff_one_in_half_a_minute() {
        let stand = Stand::new().await;
        for _ in 0..3 {
            assert_eq!(stand.of(BORIS).await, Staff::BUYER);
            assert_eq!(stand.of(OWNER).await, Staff::OWNER);
            assert_eq!(stand.of(ANNA).await, Staff::new(17));
        }
        assert_eq!(stand.asked(), 1);
        tokio::time::advance(REMEMBERED_FOR).await;
        stand.of(ANNA).await;
        assert_eq!(stand.asked(), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn bug_35_what_was_taken_is_gone_with_the_news_or_half_a_minute_later() {
        let stand = Stand::new().await;
        assert_eq!(stand.of(ANNA).await, Staff::new(17));
        stand.fakes.appoint(ANNA.0, 1);
        assert_eq!(stand.of(ANNA).await, Staff::new(17), "nobody has told yet");
        tokio::time::advance(REMEMBERED_FOR).await;
        assert_eq!(stand.of(ANNA).await, Staff::BUYER);
        stand.fakes.appoint(ANNA.0, 9);
        stand.rights.forget(ANNA);
        assert_eq!(stand.of(ANNA).await, Staff::new(9));
        stand.fakes.appoint(ANNA.0, 33);
        stand.rights.forget_answers();
        assert_eq!(stand.of(ANNA).await, Staff::new(33));
    }

    #[tokio::test(start_paused = true)]
    async fn without_admin_staff_are_buyers_and_the_owner_stays_the_owner() {
        let stand = Stand::new().await;
        stand.of(ANNA).await;
        stand.fakes.fail("get_rights", Kind::Unavailable, "common.unavailable");
        assert_eq!(stand.of(ANNA).await, Staff::new(17), "the answer is still good");
        tokio::time::advance(REMEMBERED_FOR).await;
        assert_eq!(stand.of(ANNA).await, Staff::BUYER);
        assert_eq!(stand.of(OWNER).await, Staff::OWNER);
        stand.fakes.state().failures.clear();
        assert_eq!(stand.of(ANNA).await, Staff::new(17));
    }
}
