//! The Bot API methods a shop calls: their parameters, their answers, and the calls themselves.

pub(crate) mod chats;
pub(crate) mod files;
pub(crate) mod invoices;
pub(crate) mod messages;
pub(crate) mod setup;
pub(crate) mod updates;

/// For `skip_serializing_if`, which passes a reference.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde decides the signature")]
fn is_false(flag: &bool) -> bool {
    !flag
}
