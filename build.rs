//! Embeds the built page: compresses the files of `web/dist` once and writes the table that `server::page`
//! includes.

use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::{env, fs};

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
    ("farewell.js", "/farewell.js"),
    ("style.css", "/style.css"),
    ("icon.svg", "/icon.svg"),
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let dist = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("web/dist");
    let out = Path::new(&env::var("OUT_DIR")?).to_owned();
    let mut table = format!("static FILES: [File; {}] = [\n", FILES.len());
    for (name, path) in FILES {
        let source = dist.join(name);
        println!("cargo::rerun-if-changed={}", source.display());
        let Ok(plain) = fs::read(&source) else {
            return Err("the page is not built: run `make web` first".into());
        };
        let place = out.join(name);
        let place = place.display();
        let media_type = media_type(name);
        // Documents are small, and compressed ones are where BREACH would look for a secret: they stay as they are.
        let content = if media_type.starts_with("text/html") {
            fs::write(out.join(name), &plain)?;
            format!(r#"Content::Plain(include_bytes!("{place}"))"#)
        } else {
            fs::write(out.join(format!("{name}.br")), brotli(&plain)?)?;
            fs::write(out.join(format!("{name}.gz")), gzip(&plain)?)?;
            format!(
                r#"Content::Packed {{ brotli: include_bytes!("{place}.br"), gzip: include_bytes!("{place}.gz"), unpacked: OnceLock::new() }}"#
            )
        };
        writeln!(table, r#"File {{ path: "{path}", media_type: "{media_type}", content: {content} }},"#)?;
    }
    table.push_str("];\n");
    fs::write(out.join("page.rs"), table)?;
    Ok(())
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
