//! Embeds the built page: compresses the files of `web/dist` once and writes the table that `page` includes, the
//! headers that go with them, and the list of their digests.

use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::{env, fs, io};

use sha2::{Digest, Sha256};

include!("../../digests/list.rs");

/// The page's files in `web/dist` and the paths that they are served at.
const FILES: &[(&str, &str)] = &[
    ("index.html", "/"),
    ("farewell.html", "/farewell"),
    ("start.js", "/start.js"),
    ("app.js", "/app.js"),
    ("late.js", "/late.js"),
    ("derive.js", "/derive.js"),
    ("inside.js", "/inside.js"),
    ("aliases.js", "/aliases.js"),
    ("confusables.js", "/confusables.js"),
    ("markdown.js", "/markdown.js"),
    ("qr.js", "/qr.js"),
    ("pictures.js", "/pictures.js"),
    ("farewell.js", "/farewell.js"),
    ("style.css", "/style.css"),
    ("icon.svg", "/icon.svg"),
];

/// The headers that all of them are served with.
const HEADERS: &str = "../../web/headers.txt";

const NOT_BUILT: &str = "the page is not built: run `make web` first";

/// Where the page's words are, a file for each language: one comes to a browser and all to the binary.
const WORDS: &str = "words";

/// Packed once, by what every browser takes, for binaries are bounded (packaging/build/inspect.sh): nobody waits for them.
const PACKED_ONCE: &[&str] = &["confusables.js", "markdown.js"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../../digests/list.rs");
    println!("cargo::rerun-if-changed={HEADERS}");
    let dist = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../web/dist");
    let out = Path::new(&env::var("OUT_DIR")?).to_owned();
    let headers = headers_in(&fs::read_to_string(HEADERS)?)?;
    fs::write(out.join("headers.rs"), table_of_headers(&headers)?)?;
    let words = dist.join(WORDS);
    println!("cargo::rerun-if-changed={}", words.display());
    let mut languages = Vec::new();
    for language in fs::read_dir(words).map_err(|_| NOT_BUILT)? {
        let name = format!("{WORDS}/{}", language?.file_name().to_string_lossy());
        languages.push((name.clone(), format!("/{name}")));
    }
    languages.sort();
    fs::create_dir_all(out.join(WORDS))?;
    let named = FILES.iter().map(|&(name, path)| (name.to_owned(), path.to_owned()));
    let files: Vec<_> = named.chain(languages).collect();
    let mut table = format!("static FILES: [File; {}] = [\n", files.len());
    for (name, path) in &files {
        let source = dist.join(name);
        println!("cargo::rerun-if-changed={}", source.display());
        let Ok(plain) = fs::read(&source) else {
            return Err(NOT_BUILT.into());
        };
        let place = out.join(name);
        let place = place.display();
        let media_type = media_type(name);
        // Documents are small, and compressed ones are where BREACH would look for a secret: they stay as they are.
        let content = if media_type.starts_with("text/html") {
            fs::write(out.join(name), &plain)?;
            format!(r#"Content::Plain(include_bytes!("{place}"))"#)
        } else {
            fs::write(out.join(format!("{name}.gz")), gzip(&plain)?)?;
            let brotli = if name.starts_with(WORDS) || PACKED_ONCE.contains(&name.as_str()) {
                "None".to_owned()
            } else {
                fs::write(out.join(format!("{name}.br")), brotli(&plain)?)?;
                format!(r#"Some(include_bytes!("{place}.br"))"#)
            };
            format!(
                r#"Content::Packed {{ brotli: {brotli}, gzip: include_bytes!("{place}.gz"), unpacked: OnceLock::new() }}"#
            )
        };
        writeln!(table, r#"File {{ path: "{path}", media_type: "{media_type}", content: {content} }},"#)?;
    }
    table.push_str("];\n");
    fs::write(out.join("page.rs"), table)?;
    fs::write(out.join("digests.txt"), list_of_digests(&dist, &headers, &env::var("CARGO_PKG_VERSION")?)?)?;
    Ok(())
}

fn table_of_headers(headers: &[(String, String)]) -> Result<String, std::fmt::Error> {
    let mut table = format!("pub(super) const HEADERS: [(HeaderName, &str); {}] = [\n", headers.len());
    for (name, value) in headers {
        writeln!(table, "(HeaderName::from_static({name:?}), {value:?}),")?;
    }
    table.push_str("];\n");
    Ok(table)
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        _ => "image/svg+xml",
    }
}

fn brotli(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packed = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &plain[..], &mut packed, &params)?;
    Ok(packed)
}

fn gzip(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    // The header's time stamp stays 0, so that equal pages make equal binaries.
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(plain)?;
    encoder.finish()
}
