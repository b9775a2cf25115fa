//! HTTP by hand: what is sent is exactly what the test says.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Nothing here takes this long; a test that waits for it has failed.
const PATIENCE: Duration = Duration::from_secs(10);

/// An answer, taken apart.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// Lower case, with all headers.
    pub head: String,
    pub body: String,
}

/// A connection to the gateway.
pub struct Connection(TcpStream);

impl Connection {
    pub async fn open(address: SocketAddr) -> Self {
        Self(TcpStream::connect(address).await.unwrap())
    }

    pub async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.write_all(bytes.as_ref()).await.unwrap();
    }

    /// The next answer on this connection.
    pub async fn answer(&mut self) -> Answer {
        tokio::time::timeout(PATIENCE, self.read()).await.expect("no answer in time")
    }

    /// Waits until the other side closes without another answer.
    pub async fn closes(&mut self) {
        let mut rest = Vec::new();
        // A reset is a way to close, too.
        let end = tokio::time::timeout(PATIENCE, self.0.read_to_end(&mut rest)).await;
        end.expect("the connection stays open").ok();
        assert!(rest.is_empty(), "{:?}", String::from_utf8_lossy(&rest));
    }

    async fn read(&mut self) -> Answer {
        let mut seen = Vec::new();
        let end = loop {
            if let Some(at) = seen.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
            assert_ne!(self.0.read_buf(&mut seen).await.unwrap(), 0, "closed without an answer");
        };
        let head = String::from_utf8(seen[..end].to_vec()).unwrap().to_lowercase();
        let length = header(&head, "content-length").map_or(0, |length| length.parse().unwrap());
        let mut body = seen.split_off(end);
        while body.len() < length {
            assert_ne!(self.0.read_buf(&mut body).await.unwrap(), 0, "closed within the body");
        }
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head, body: String::from_utf8(body).unwrap() }
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.head, name)
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

/// Names and values of headers.
pub type Headers<'a> = &'a [(&'a str, &'a str)];

/// A request head for a body of `length` bytes.
pub fn head(line: &str, headers: Headers<'_>, length: usize) -> String {
    let headers = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n"));
    let headers: String = headers.collect();
    format!("{line} HTTP/1.1\r\nhost: gateway\r\ncontent-length: {length}\r\n{headers}\r\n")
}

/// One request on a connection of its own.
pub async fn ask(
    address: SocketAddr,
    line: &str,
    headers: Headers<'_>,
    body: impl AsRef<[u8]>,
) -> Answer {
    let mut connection = Connection::open(address).await;
    let body = body.as_ref();
    connection.send([head(line, headers, body.len()).as_bytes(), body].concat()).await;
    connection.answer().await
}
