//! Keeps a throwaway PostgreSQL while its input is open; prints how to connect. A program of its own, beside xtask,
//! so that xtask itself builds in seconds.

use chassis::cluster::{Cluster, ClusterError, ClusterOptions};

#[tokio::main]
async fn main() -> Result<(), ClusterError> {
    let cluster = Cluster::start(ClusterOptions::throwaway()?).await?;
    println!("{}", cluster.url());
    let input_ends =
        tokio::task::spawn_blocking(|| std::io::copy(&mut std::io::stdin(), &mut std::io::sink()));
    // However it ended, whoever needed the server is gone.
    input_ends.await.ok();
    cluster.stop().await
}
