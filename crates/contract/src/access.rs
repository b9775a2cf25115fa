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
mod tests {
    use super::*;

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
