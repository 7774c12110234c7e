//! Writes the digests of this version's page to `digests/VERSION.txt`, once it is released.

use std::path::Path;
use std::{fs, io};

use sanctuary_server::DIGESTS;

fn main() -> io::Result<()> {
    let name = format!("digests/{}.txt", env!("CARGO_PKG_VERSION"));
    fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(name), DIGESTS)
}
