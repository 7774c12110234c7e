use super::*;

fn release(version: &str, files: &[(&str, u8)]) -> Release {
    Release {
        version: version.to_owned(),
        headers: vec![("x-policy".to_owned(), "strict".to_owned())],
        files: files.iter().map(|(name, byte)| ((*name).to_owned(), [*byte; 32])).collect(),
    }
}

/// Two versions, of which only one file is the same.
fn releases() -> [Release; 2] {
    [
        release("1", &[("a.js", 1), ("b.js", 2), ("c.js", 9)]),
        release("2", &[("a.js", 3), ("b.js", 4), ("c.js", 9)]),
    ]
}

fn page(claims: Option<&str>, files: &[(&str, u8)]) -> Page {
    let headers =
        [("x-policy", "strict"), ("content-type", "text/javascript; charset=utf-8"), ("server", "any")];
    let headers: Headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let found =
        |(name, byte): &(&str, u8)| ((*name).to_owned(), Found::File([*byte; 32], Some(headers.clone())));
    Page { claims: claims.map(str::to_owned), files: files.iter().map(found).collect(), ..Page::default() }
}

#[test]
fn a_page_is_compared_with_what_it_says_to_be_or_else_with_the_nearest() {
    let (one, other) = ([("a.js", 1), ("b.js", 2), ("c.js", 9)], [("a.js", 3), ("b.js", 4), ("c.js", 9)]);
    for (claims, files, verdict, version, differences) in [
        (Some("1"), &one[..], Verdict::Same, "1", 0),
        (Some("2"), &other, Verdict::Same, "2", 0),
        (Some("2"), &one, Verdict::Differs, "2", 2),
        (None, &one, Verdict::Same, "1", 0),
        (None, &[("a.js", 1), ("b.js", 2), ("c.js", 0)], Verdict::Differs, "1", 1),
        (Some("3"), &one, Verdict::Unknown, "1", 0),
        (Some("3"), &[("a.js", 1), ("b.js", 2), ("c.js", 0)], Verdict::Unknown, "1", 1),
        (None, &[("a.js", 0), ("b.js", 0), ("c.js", 0)], Verdict::Unknown, "2", 3),
        (Some("1"), &one[..2], Verdict::Unknown, "1", 1),
        (Some("1"), &[("a.js", 1), ("b.js", 0)], Verdict::Differs, "1", 2),
    ] {
        let report = judge(&page(claims, files), &releases());
        let found = (report.verdict, report.version.as_deref(), report.differences.len());
        assert_eq!(found, (verdict, Some(version), differences), "{claims:?} {files:?}");
    }
}

#[test]
fn each_header_is_told_once_with_its_files() {
    let mut page = page(Some("1"), &[("a.js", 1), ("b.js", 2), ("c.js", 9)]);
    for (file, name, value) in [
        ("a.js", "x-policy", "lax"),
        ("b.js", "x-policy", "lax"),
        ("c.js", "set-cookie", "a=b"),
        ("c.js", "via", "x"),
    ] {
        let Some(Found::File(_, Some(headers))) = page.files.get_mut(file) else { panic!() };
        headers.insert(name.to_owned(), value.to_owned());
    }
    let header = |name: &str, released: Option<&str>, found: &str, files: &[&str]| Difference::Header {
        name: name.to_owned(),
        released: released.map(str::to_owned),
        found: Some(found.to_owned()),
        files: files.iter().map(|file| (*file).to_owned()).collect(),
    };
    assert_eq!(
        judge(&page, &releases()).differences,
        [
            header("set-cookie", None, "a=b", &["c.js"]),
            header("x-policy", Some("strict"), "lax", &["a.js", "b.js"])
        ]
    );
}

#[test]
fn a_reference_is_one_of_the_release_or_is_told() {
    let mut page = page(Some("1"), &[("a.js", 1), ("b.js", 2), ("c.js", 9), ("d.js", 7)]);
    for reference in ["a.js", "./b.js", "d.js", "/a.js", "https://a.example/a.js"] {
        page.references.insert(("index.html".to_owned(), reference.to_owned()));
    }
    let told = |reference: &str, found: Option<Digest>| Difference::Reference {
        document: "index.html".to_owned(),
        reference: reference.to_owned(),
        found,
    };
    assert_eq!(
        judge(&page, &releases()).differences,
        [told("/a.js", None), told("d.js", Some([7; 32])), told("https://a.example/a.js", None)]
    );
}
