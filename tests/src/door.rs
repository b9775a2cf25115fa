//! The gateway's door from outside, for those who come with something else than Telegram would.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::PATIENCE;
use crate::shop::{SECRET, Shop};

/// The header that Telegram proves itself with.
pub const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";
/// The header that Crypto Pay proves itself with.
pub const SIGNATURE_HEADER: &str = "crypto-pay-api-signature";

/// An answer: its status and its body.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub body: String,
}

impl Shop {
    /// Posts JSON to a path of the gateway with these headers.
    pub async fn posts(&self, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let request = headers.iter().fold(
            client()
                .post(format!("{}{path}", self.url()))
                .header("content-type", "application/json"),
            |request, (name, value)| request.header(*name, *value),
        );
        read(request.body(body.to_owned())).await
    }

    /// Posts an update as Telegram does, secret and all.
    pub async fn posts_update(&self, update: &str) -> Answer {
        self.posts("/webhook", &[(SECRET_HEADER, SECRET)], update).await
    }

    /// Announces an update of so many bytes, proves to be Telegram, and sends nothing of it.
    pub async fn announces_update(&self, bytes: usize) -> u16 {
        let mut stream = TcpStream::connect(self.gateway()).await.expect("the gateway listens");
        let head = format!(
            "POST /webhook HTTP/1.1\r\nhost: shop\r\ncontent-type: application/json\r\n\
             {SECRET_HEADER}: {SECRET}\r\ncontent-length: {bytes}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.expect("the head is taken");
        let mut start = [0; 12];
        let answered = tokio::time::timeout(PATIENCE, stream.read_exact(&mut start)).await;
        answered.expect("an answer in time").expect("an answer");
        let line = String::from_utf8_lossy(&start);
        let status = line.strip_prefix("HTTP/1.1 ").and_then(|status| status.parse().ok());
        status.unwrap_or_else(|| panic!("not an answer: {line}"))
    }

    fn gateway(&self) -> SocketAddr {
        self.url().trim_start_matches("http://").parse().expect("an address")
    }
}

/// Gets a page.
pub async fn get(url: &str) -> Answer {
    read(client().get(url)).await
}

async fn read(request: reqwest::RequestBuilder) -> Answer {
    let answer = request.send().await.expect("an answer");
    Answer { status: answer.status().as_u16(), body: answer.text().await.expect("a whole answer") }
}

fn client() -> reqwest::Client {
    chassis::http::client().expect("a client")
}
