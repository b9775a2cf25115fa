//! One process per role.

use crate::executable::{Env, Executable};

/// Running processes, by role.
pub type Processes = Vec<(&'static str, Executable)>;

/// In the order of starting.
const ROLES: [&str; 5] = ["payments", "inventory", "admin", "bot", "gateway"];
/// Asked by those who start before them.
const AWAITED: [&str; 2] = ["admin", "bot"];

/// Starts a process per role: each is told where those before it are, and all where the awaited are going to be.
pub async fn start(mut env: Env) -> Processes {
    let awaited = AWAITED.map(|role| (role, free_port()));
    for (role, port) in awaited {
        env.insert(peer(role), format!("http://127.0.0.1:{port}"));
    }
    let mut started = Processes::new();
    for role in ROLES {
        let mut own = env.clone();
        if let Some((_, port)) = awaited.iter().find(|(name, _)| *name == role) {
            own.insert("BODEGA__GRPC__PORT".to_owned(), port.to_string());
        }
        let process = Executable::start(Some(role), &own).await;
        if let Some(address) = process.address("grpc") {
            env.insert(peer(role), format!("http://{address}"));
        }
        started.push((role, process));
    }
    started
}

/// The setting that says where a role is.
fn peer(role: &str) -> String {
    format!("BODEGA__GRPC__PEERS__{}", role.to_uppercase())
}

/// A port that nobody uses at this moment.
pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("it is bound").port()
}
