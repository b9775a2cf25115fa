//! Writes the table of access rules from the contract's descriptors, for the build; a method without a rule is an error.

use std::error;
use std::fmt::Write as _;

use prost_reflect::{DescriptorPool, DynamicMessage, MethodDescriptor, Value};

/// Whatever stops the build.
pub type AnyError = Box<dyn error::Error>;

/// One line per method: its path and its rule.
///
/// # Errors
/// The first method without a rule.
pub fn access_table(encoded: &[u8]) -> Result<String, AnyError> {
    let pool = DescriptorPool::decode(encoded)?;
    let mut rows = String::from("&[\n");
    let mut paths = Vec::new();
    for service in pool.services() {
        for method in service.methods() {
            let path = format!("/{}/{}", service.full_name(), method.name());
            let rule = rule_of(&pool, &method).ok_or_else(|| {
                format!("{path} has no `option (bodega.common.v1.access)`: say who may call it")
            })?;
            paths.push((path, rule));
        }
    }
    // Sorted, so that a look-up is a binary search.
    paths.sort();
    for (path, rule) in paths {
        writeln!(rows, "    (\"{path}\", Rule::{rule}),")?;
    }
    rows.push(']');
    Ok(rows)
}

fn rule_of(pool: &DescriptorPool, method: &MethodDescriptor) -> Option<String> {
    let extension = pool.get_extension_by_name("bodega.common.v1.access")?;
    let options = method.options();
    if !options.has_extension(&extension) {
        return None;
    }
    let value = options.get_extension(&extension).into_owned();
    let access: &DynamicMessage = value.as_message()?;
    if access.get_field_by_name("service")?.as_bool() == Some(true) {
        return Some("Service".into());
    }
    if access.get_field_by_name("owner")?.as_bool() == Some(true) {
        return Some("Owner".into());
    }
    match *access.get_field_by_name("permission")? {
        Value::EnumNumber(bit) if bit > 0 => Some(format!("Permission({bit})")),
        _ => None,
    }
}
