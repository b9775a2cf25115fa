//! Admin against a real PostgreSQL, with scripted feeds in place of the other services.

#[cfg(test)]
mod it {
    mod audit;
    mod desk;
    mod feeds;
    mod maintenance;
    mod owner;
    mod roles;
}
