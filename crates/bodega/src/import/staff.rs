//! Roles and who has them. The bits mean the same in both shops; built-in roles are known there by their names.

use admin::import::{self, Given, Role};
use chassis::takeover::Outcome;
use kernel::ids::RoleId;

use super::{Import, id_of, person};
use crate::roles;

const USER: &str = "USER";
const ADMIN: &str = "ADMIN";
const OWNER: &str = "OWNER";

impl Import {
    /// Takes over roles and members.
    pub(super) async fn staff(&mut self) -> anyhow::Result<()> {
        let all = self.older.roles().await?;
        let is_made = |name: &str| ![USER, ADMIN, OWNER].contains(&name);
        let made: Vec<_> = all.iter().filter(|role| is_made(&role.name)).collect();
        let keys: Vec<i64> = made.iter().map(|role| role.id).collect();
        let roles: Vec<Role> = made
            .iter()
            .map(|role| Role {
                id: RoleId(id_of("roles", role.id)),
                name: role.name.clone(),
                bits: u32::try_from(role.bits).unwrap_or_default(),
            })
            .collect();
        let conn = self.target.as_role(roles::Role::Admin).await?;
        let outcome = import::take_roles(conn, &roles).await?;
        self.report.note("roles", &keys, &outcome);
        self.report.taken("roles", 0, (all.len() - made.len()) as u64);

        let role_of = |id: i64| all.iter().find(|role| role.id == id);
        let (mut keys, mut members) = (Vec::new(), Vec::new());
        let mut outcome = Outcome::default();
        for member in self.older.members().await? {
            let (Some(id), Some(role)) = (person(member.person), role_of(member.role)) else {
                continue;
            };
            let given = match role.name.as_str() {
                // At every start, from the settings.
                OWNER if id == self.target.owner => {
                    outcome.was_here();
                    continue;
                }
                OWNER => {
                    let why = "there is one owner here, who is set by OWNER_ID: they are ADMIN";
                    self.report.changed("members", id.0, why);
                    Given::Admin
                }
                ADMIN => Given::Admin,
                _ => Given::Made(RoleId(id_of("roles", role.id))),
            };
            keys.push(id.0);
            members.push((id, given));
        }
        self.report.note("members", &[], &outcome);
        let conn = self.target.as_role(roles::Role::Admin).await?;
        let outcome = import::take_members(conn, &members).await?;
        self.report.note("members", &keys, &outcome);
        self.target.batch_done().await
    }
}
