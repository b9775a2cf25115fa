//! Who may call what: the table that the build made from the option on every method.

/// The rule of one method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Only Bodega's own services.
    Service,
    /// A person, about what is theirs.
    Owner,
    /// A person whose role holds these permission bits.
    Permission(u32),
}

/// Every method of the contract by its path, sorted.
pub const TABLE: &[(&str, Rule)] = include!(concat!(env!("OUT_DIR"), "/access_table.rs"));

/// The method at `path`, with a name that lives for ever, and its rule; none means that there is no such method.
pub fn find(path: &str) -> Option<(&'static str, Rule)> {
    TABLE.binary_search_by(|(known, _)| (*known).cmp(path)).ok().map(|at| TABLE[at])
}

#[cfg(test)]
mod table;

#[cfg(test)]
mod tests {
    use prost::Message;

    use super::*;

    #[test]
    fn ad01_a_method_without_a_rule_stops_the_build() {
        let rows = table::access_table(crate::DESCRIPTORS).unwrap();
        assert!(rows.contains("(\"/bodega.payments.v1.WalletService/GetWallet\", Rule::Owner),"));
        // Read and written by types that do not know our option, the descriptors lose it.
        let typed = prost_types::FileDescriptorSet::decode(crate::DESCRIPTORS).unwrap();
        let error = table::access_table(&typed.encode_to_vec()).unwrap_err().to_string();
        assert!(error.contains("has no `option (bodega.common.v1.access)`"), "{error}");
    }

    #[test]
    fn every_method_of_the_contract_has_its_rule() {
        assert!(TABLE.len() >= 25);
        assert!(TABLE.is_sorted_by(|a, b| a.0 < b.0));
        let rule = |path| find(path).map(|(_, rule)| rule);
        assert_eq!(rule("/bodega.payments.v1.WalletService/GetWallet"), Some(Rule::Owner));
        assert_eq!(rule("/bodega.payments.v1.WalletService/ChargeWallet"), Some(Rule::Service));
        assert_eq!(
            rule("/bodega.payments.v1.PaymentsAdminService/AdjustBalance"),
            Some(Rule::Permission(256))
        );
        assert_eq!(rule("/bodega.payments.v1.WalletService/Nothing"), None);
    }
}
