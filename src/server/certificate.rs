//! What an operator wants to know of a certificate (RFC 5280, 4.1), read out of its DER. Nothing is proved here.
#![allow(clippy::redundant_closure_for_method_calls)] // a method by its name has not the lifetimes that yasna asks for

use std::time::{Duration, SystemTime};

use yasna::models::ObjectIdentifier;
use yasna::tags::TAG_UTCTIME;
use yasna::{ASN1Error, ASN1ErrorKind, ASN1Result, BERReader, BERReaderSeq, Tag};

/// The extension that holds a server's names, `subjectAltName` (RFC 5280, 4.2.1.6), and in it those of DNS.
const ALTERNATIVE_NAMES: [u64; 4] = [2, 5, 29, 17];
const DNS_NAME: u64 = 2;

/// Where extensions stand in the signed part.
const EXTENSIONS: u64 = 3;

/// The parts of a certificate that are looked at.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Certificate {
    pub(super) not_before: SystemTime,
    pub(super) not_after: SystemTime,
    /// Issuer and subject are the same.
    pub(super) self_signed: bool,
    /// The names that it is for, as they stand in it; a browser looks at no other field.
    pub(super) names: Vec<String>,
}

impl Certificate {
    /// `None` where it is not built as certificates are.
    pub(super) fn read(der: &[u8]) -> Option<Self> {
        let whole = |reader: BERReader<'_, '_>| {
            reader.read_sequence(|certificate| {
                let read = certificate.next().read_sequence(signed_part)?;
                rest(certificate)?;
                Ok(read)
            })
        };
        yasna::parse_der(der, whole).ok()
    }
}

fn signed_part(part: &mut BERReaderSeq<'_, '_>) -> ASN1Result<Certificate> {
    let _version =
        part.read_optional(|reader| reader.read_tagged(Tag::context(0), |version| version.read_u8()))?;
    let _serial = part.next().read_der()?;
    let _algorithm = part.next().read_der()?;
    let issuer = part.next().read_der()?;
    let (not_before, not_after) =
        part.next().read_sequence(|validity| Ok((time(validity.next())?, time(validity.next())?)))?;
    let subject = part.next().read_der()?;
    let _key = part.next().read_der()?;
    let mut names = Vec::new();
    while let Some(more) = part.read_optional(extensions)? {
        names.extend(more);
    }
    Ok(Certificate { not_before, not_after, self_signed: issuer == subject, names })
}

/// The names in the extensions, where these are what comes next.
fn extensions(reader: BERReader<'_, '_>) -> ASN1Result<Vec<String>> {
    if reader.lookahead_tag()? != Tag::context(EXTENSIONS) {
        return reader.read_der().map(|_| Vec::new());
    }
    let mut found = Vec::new();
    reader.read_tagged(Tag::context(EXTENSIONS), |reader| {
        reader.read_sequence_of(|reader| {
            let (kind, value) = reader.read_sequence(|extension| {
                let kind = extension.next().read_oid()?;
                let _critical = extension.read_optional(|reader| reader.read_bool())?;
                Ok((kind, extension.next().read_bytes()?))
            })?;
            if kind == ObjectIdentifier::from_slice(&ALTERNATIVE_NAMES) {
                found.extend(yasna::parse_der(&value, names)?);
            }
            Ok(())
        })
    })?;
    Ok(found)
}

fn names(reader: BERReader<'_, '_>) -> ASN1Result<Vec<String>> {
    let mut names = Vec::new();
    reader.read_sequence_of(|reader| {
        if reader.lookahead_tag()? == Tag::context(DNS_NAME) {
            names.push(
                reader.read_tagged_implicit(Tag::context(DNS_NAME), |reader| reader.read_ia5_string())?,
            );
        } else {
            reader.read_der()?;
        }
        Ok(())
    })?;
    Ok(names)
}

/// yasna takes a sequence for wrong of which something is left.
fn rest(sequence: &mut BERReaderSeq<'_, '_>) -> ASN1Result<()> {
    while sequence.read_optional(|reader| reader.read_der())?.is_some() {}
    Ok(())
}

/// `UTCTime` until 2049, `GeneralizedTime` from then on (RFC 5280, 4.1.2.5).
fn time(reader: BERReader<'_, '_>) -> ASN1Result<SystemTime> {
    let seconds = match reader.lookahead_tag()? {
        TAG_UTCTIME => reader.read_utctime()?.datetime().unix_timestamp(),
        _ => reader.read_generalized_time()?.datetime().unix_timestamp(),
    };
    let distance = Duration::from_secs(seconds.unsigned_abs());
    let epoch = SystemTime::UNIX_EPOCH;
    let time = if seconds < 0 { epoch.checked_sub(distance) } else { epoch.checked_add(distance) };
    time.ok_or(ASN1Error::new(ASN1ErrorKind::Invalid))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use rcgen::{CertificateParams, CertifiedIssuer, DnType, KeyPair, date_time_ymd};

    use super::*;

    fn params(name: &str, until: i32) -> CertificateParams {
        let mut params = CertificateParams::new(["a.example".to_owned()]).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.not_before = date_time_ymd(1970, 1, 2);
        params.not_after = date_time_ymd(until, 1, 1);
        params
    }

    #[test]
    fn its_times_are_read_as_either_kind() {
        let key = KeyPair::generate().unwrap();
        for (year, days) in [(1971, 365), (2049, 28_855), (2050, 29_220)] {
            let certificate = params("a", year).self_signed(&key).unwrap();
            let after = |days: u64| SystemTime::UNIX_EPOCH + Duration::from_secs(days * 24 * 3600);
            let names = vec!["a.example".to_owned()];
            let read = Certificate { not_before: after(1), not_after: after(days), self_signed: true, names };
            assert_eq!(Certificate::read(certificate.der()), Some(read), "{year}");
        }
    }

    #[test]
    fn one_that_another_has_signed_is_told_from_one_that_vouches_for_itself() {
        let issuer =
            CertifiedIssuer::self_signed(params("issuer", 2040), KeyPair::generate().unwrap()).unwrap();
        let signed = params("a", 2040).signed_by(&KeyPair::generate().unwrap(), &issuer).unwrap();
        assert!(!Certificate::read(signed.der()).unwrap().self_signed);
    }

    #[test]
    fn its_names_are_those_of_dns_alone() {
        let key = KeyPair::generate().unwrap();
        for names in [&[][..], &["192.0.2.1", "fd00::1"], &["Chat.example.org", "192.0.2.1", "*.example.net"]]
        {
            let mut params = params("common.example", 2040);
            params.subject_alt_names =
                CertificateParams::new(names.iter().map(ToString::to_string).collect::<Vec<_>>())
                    .unwrap()
                    .subject_alt_names;
            let read = Certificate::read(params.self_signed(&key).unwrap().der()).unwrap();
            let expected: Vec<_> = names.iter().filter(|name| name.contains("example")).collect();
            assert_eq!(read.names.iter().collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn what_is_no_certificate_is_nothing() {
        let whole = params("a", 2040).self_signed(&KeyPair::generate().unwrap()).unwrap();
        for length in 0..whole.der().len() {
            assert_eq!(Certificate::read(&whole.der()[..length]), None, "{length}");
        }
    }
}
