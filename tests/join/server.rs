//! A server that gives the page, or another one.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sanctuary_server::DIGESTS;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

/// One answer of a server.
#[derive(Clone)]
pub(crate) struct Answer {
    pub(crate) status: &'static str,
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
    pub(crate) is_endless: bool,
    /// The connection ends in the middle of it.
    pub(crate) is_cut: bool,
    /// The connection ends behind it, once something more is asked for.
    pub(crate) is_last: bool,
}

impl Answer {
    pub(crate) fn sets(&mut self, name: &str, value: &[u8]) {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_vec()));
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = format!("HTTP/1.1 {}\r\n", self.status).into_bytes();
        for (name, value) in &self.headers {
            bytes.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
        }
        if !self.is_endless {
            bytes.extend(format!("content-length: {}\r\n", self.body.len()).into_bytes());
        }
        bytes.extend(b"\r\n");
        bytes.extend(&self.body);
        bytes
    }
}

/// The page by path, as the daemon serves it until a test changes something.
pub(crate) fn page() -> BTreeMap<String, Answer> {
    let lines = DIGESTS.lines();
    let headers = lines.clone().filter_map(|line| line.strip_prefix("# ")?.split_once(": "));
    let headers: Vec<_> = headers.map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec())).collect();
    let names = lines.filter(|line| !line.starts_with('#')).map(|line| &line[66..]);
    let answer = |name: &str| {
        let media_type = match name.rsplit('.').next().unwrap() {
            "html" => "text/html; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "css" => "text/css; charset=utf-8",
            _ => "image/svg+xml",
        };
        let body = fs::read(built().join(name)).unwrap();
        let mut answer = Answer {
            status: "200 OK",
            headers: headers.clone(),
            body,
            is_endless: false,
            is_cut: false,
            is_last: false,
        };
        answer.sets("content-type", media_type.as_bytes());
        answer
    };
    let path = |name: &str| match name {
        "index.html" => "/".to_owned(),
        name => format!("/{}", name.trim_end_matches(".html")),
    };
    names.map(|name| (path(name), answer(name))).collect()
}

pub(crate) fn built() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("web/dist")
}

/// Serves a page until the test ends; gives its address.
pub(crate) async fn serve(page: BTreeMap<String, Answer>) -> String {
    serve_and_tell(page).await.0
}

/// The same, with the head of each request.
pub(crate) async fn serve_and_tell(
    page: BTreeMap<String, Answer>,
) -> (String, mpsc::UnboundedReceiver<String>) {
    let (tell, told) = mpsc::unbounded_channel();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let page = Arc::new(page);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (page, tell) = (Arc::clone(&page), tell.clone());
            tokio::spawn(async move { answer(stream, &page, &tell).await });
        }
    });
    (format!("http://{address}/"), told)
}

async fn answer(
    mut stream: TcpStream,
    page: &BTreeMap<String, Answer>,
    tell: &mpsc::UnboundedSender<String>,
) -> Option<()> {
    let mut is_over = false;
    loop {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.ok()?);
        }
        let head = String::from_utf8(head).unwrap();
        let _ = tell.send(head.clone());
        if is_over {
            return None;
        }
        let Some(answer) = page.get(head.split(' ').nth(1)?) else {
            stream.write_all(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n").await.ok()?;
            continue;
        };
        let mut bytes = answer.bytes();
        if answer.is_cut {
            bytes.truncate(bytes.len() - answer.body.len() / 2);
            stream.write_all(&bytes).await.ok()?;
            return None;
        }
        stream.write_all(&bytes).await.ok()?;
        is_over = answer.is_last;
        if answer.is_endless {
            loop {
                stream.write_all(&[b'x'; 4096]).await.ok()?;
            }
        }
    }
}
