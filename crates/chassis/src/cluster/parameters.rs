//! The server's settings. They are given at every start, so that an older data directory follows
//! the present ones.

use std::path::Path;

use super::{ClusterOptions, PORT};

/// A small shop's server: modest memory, short transactions, nothing on the network.
const ALWAYS: [(&str, &str); 20] = [
    ("listen_addresses", ""),
    ("unix_socket_permissions", "0700"),
    ("shared_buffers", "64MB"),
    ("effective_cache_size", "512MB"),
    ("work_mem", "4MB"),
    ("maintenance_work_mem", "32MB"),
    ("wal_buffers", "4MB"),
    ("random_page_cost", "1.1"),
    // Queries here are short: compiling or dividing them costs more than it gives.
    ("jit", "off"),
    ("max_parallel_workers_per_gather", "0"),
    // A transaction left open holds up every feed (see `durable`).
    ("idle_in_transaction_session_timeout", "10s"),
    // Queues and balances are few rows that change often.
    ("autovacuum_naptime", "20s"),
    ("autovacuum_vacuum_scale_factor", "0.05"),
    ("timezone", "UTC"),
    ("log_timezone", "UTC"),
    // Detail lines quote rows, and rows may be secret.
    ("log_error_verbosity", "terse"),
    ("log_min_messages", "warning"),
    ("log_min_error_statement", "panic"),
    ("log_line_prefix", "%m [%p] %a "),
    ("update_process_title", "off"),
];

/// What was committed is on the disk.
const DURABLE: [(&str, &str); 9] = [
    ("fsync", "on"),
    ("full_page_writes", "on"),
    ("synchronous_commit", "on"),
    ("wal_level", "replica"),
    ("wal_compression", "on"),
    ("max_wal_size", "1GB"),
    ("min_wal_size", "80MB"),
    ("checkpoint_timeout", "15min"),
    ("max_connections", "100"),
];

/// What was committed is in memory, and that is enough for a test.
const THROWAWAY: [(&str, &str); 8] = [
    ("fsync", "off"),
    ("full_page_writes", "off"),
    ("synchronous_commit", "off"),
    ("wal_level", "minimal"),
    ("max_wal_senders", "0"),
    ("max_wal_size", "1GB"),
    ("checkpoint_timeout", "1d"),
    ("max_connections", "300"),
];

/// The settings as arguments of `postgres`.
pub(super) fn arguments(options: &ClusterOptions, socket_dir: &Path) -> Vec<String> {
    let care: &[_] = if options.durable { &DURABLE } else { &THROWAWAY };
    let mut arguments = vec![
        "-c".to_owned(),
        format!("unix_socket_directories={}", socket_dir.display()),
        "-c".to_owned(),
        format!("port={PORT}"),
    ];
    for (name, value) in ALWAYS.iter().chain(care) {
        arguments.extend(["-c".to_owned(), format!("{name}={value}")]);
    }
    arguments
}
