//! Taking roles and staff over from an older shop, in the caller's transaction. Repeated with the same rows it changes
//! nothing. The owner is whom the settings name, as ever: nobody becomes it here.

use chassis::takeover::Outcome;
use contract::common::AuditEntry;
use kernel::clock::Clock;
use kernel::ids::{self, PersonId, RoleId};
use sqlx::PgConnection;

use super::audit;
use crate::SERVICE;
use crate::domain::audit::{Level, Record};
use crate::domain::bits::Bits;
use crate::domain::role::{BuiltIn, RoleName};
use crate::store::{self, import as rows};

/// Bits of every right but those of staff who manage staff: a role with all ten is the owner's alone.
const OWNER_BIT: u32 = 64;
/// Names that differ by a number at most.
const TURNS_MAX: u32 = 100;

/// A role that staff made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Made from the older shop's key.
    pub id: RoleId,
    /// Its name there.
    pub name: String,
    /// What it allows there; the bits mean the same here.
    pub bits: u32,
}

/// What somebody was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// The built-in role for staff.
    Admin,
    /// A role that staff made.
    Made(RoleId),
}

/// Takes over roles that staff made.
///
/// # Errors
/// The database's.
pub async fn take_roles(conn: &mut PgConnection, roles: &[Role]) -> sqlx::Result<Outcome> {
    let mut outcome = Outcome::default();
    for (place, role) in roles.iter().enumerate() {
        if rows::is_known(conn, role.id).await? {
            outcome.was_here();
            continue;
        }
        let (bits, problem) = fit_bits(role.bits);
        let Ok(wanted) = RoleName::parse(&role.name) else {
            outcome.left(place, "its name is no name here");
            continue;
        };
        let mut turn = 1;
        let mut name = wanted.clone();
        while !rows::insert_role(conn, role.id, &name, bits).await? {
            turn += 1;
            let Some(next) = nth_name(&wanted, turn) else {
                return Err(sqlx::Error::Protocol("too many roles have one name".to_owned()));
            };
            name = next;
        }
        outcome.came();
        if let Some(why) = problem {
            outcome.changed(place, why);
        }
        if turn > 1 {
            outcome.changed(place, format!("its name is taken here: it is “{}”", name.as_str()));
        }
    }
    Ok(outcome)
}

/// Gives people their roles, those without one here.
///
/// # Errors
/// The database's.
pub async fn take_members(
    conn: &mut PgConnection,
    members: &[(PersonId, Given)],
) -> sqlx::Result<Outcome> {
    let admin = store::roles::get_built_in(&mut *conn, BuiltIn::Admin).await?.id;
    let mut outcome = Outcome::default();
    for (place, (person, given)) in members.iter().enumerate() {
        let role = match given {
            Given::Admin => admin,
            Given::Made(role) if rows::is_known(conn, *role).await? => *role,
            Given::Made(_) => {
                outcome.left(place, "the role was left");
                continue;
            }
        };
        if rows::insert_member(conn, *person, role).await? {
            outcome.came();
        } else {
            outcome.was_here();
        }
    }
    Ok(outcome)
}

/// Writes into the log that a shop was taken over.
///
/// # Errors
/// The database's.
pub async fn note(conn: &mut PgConnection, entry: AuditEntry, clock: &Clock) -> sqlx::Result<()> {
    let record = Record {
        service: SERVICE.to_owned(),
        entry_id: ids::fresh(clock).to_string(),
        happened_at: clock.now(),
        level: Level::Info,
        entry,
    };
    audit::keep(conn, &record).await
}

/// Rights that are none here are dropped, and all ten are not given.
fn fit_bits(number: u32) -> (Bits, Option<&'static str>) {
    let known = number & Bits::ALL.number();
    let below = if known | 1 == Bits::ALL.number() { known & !OWNER_BIT } else { known };
    let bits = Bits::parse(below).expect("only bits that are rights");
    let why = if below != known {
        Some("all rights are the owner's alone: it has all but that of the owner")
    } else if known != number {
        Some("it had bits that are no rights")
    } else {
        None
    };
    (bits, why)
}

fn nth_name(name: &RoleName, turn: u32) -> Option<RoleName> {
    let ending = format!(" ({turn})");
    let room = RoleName::CHARS_MAX - ending.chars().count();
    let kept: String = name.as_str().chars().take(room).collect();
    (turn <= TURNS_MAX).then(|| RoleName::parse(&format!("{}{ending}", kept.trim_end())).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rights_stay_but_for_all_ten_and_unknown_ones() {
        assert_eq!(fit_bits(0b10001).0.number(), 0b10001);
        assert_eq!(fit_bits(16).0.number(), 17, "USE comes by itself");
        let (bits, why) = fit_bits(1_023);
        assert_eq!(bits.number(), 1_023 - 64);
        assert!(why.unwrap().contains("owner"));
        assert!(fit_bits(1_022).1.is_some(), "USE would make it all ten");
        assert_eq!(fit_bits(2_048 + 1).0.number(), 1);
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let long = RoleName::parse(&"я".repeat(64)).unwrap();
        assert_eq!(nth_name(&long, 2).unwrap().as_str(), format!("{} (2)", "я".repeat(60)));
        assert_eq!(nth_name(&long, 101), None);
    }
}
