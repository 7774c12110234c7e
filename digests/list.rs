// What a page consists of, as a list of digests: included by the build scripts of the daemon, which serves the page, and of
// the terminal's client, which holds it to account. docs/verify.md has the format.

/// The list of what lies in `dist`, with the headers that go with each file. Its last line tells it from one that was cut.
fn list_of_digests(dist: &Path, headers: &[(String, String)], version: &str) -> io::Result<String> {
    let mut list = format!("# Sanctuary {version}\n");
    for (name, value) in headers {
        let _ = writeln!(list, "# {name}: {value}");
    }
    let names = names_below(dist, "")?;
    for name in &names {
        let digest = Sha256::digest(fs::read(dist.join(name))?);
        let digits = digest.iter().fold(String::new(), |digits, byte| digits + &format!("{byte:02x}"));
        let _ = writeln!(list, "{digits}  {name}");
    }
    let _ = writeln!(list, "# {} files in all", names.len());
    Ok(list)
}

/// Name and value of each header in the lines of `web/headers.txt`.
fn headers_in(text: &str) -> io::Result<Vec<(String, String)>> {
    let is_named = |name: &str| {
        !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    let lines =
        text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty());
    let pairs = lines.map(|(at, line)| match line.split_once(": ") {
        Some((name, value)) if is_named(name) && !value.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err(io::Error::other(format!("line {} of the headers is none", at + 1))),
    });
    pairs.collect()
}

/// All files, in the order of their names.
fn names_below(folder: &Path, before: &str) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{before}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            names.extend(names_below(&entry.path(), &format!("{name}/"))?);
        } else {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}
