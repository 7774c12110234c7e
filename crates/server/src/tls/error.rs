//! Why a certificate or its key cannot be used.

/// Why a certificate cannot be used. The texts continue after the name of the file.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// There is no certificate in PEM; this says what there is instead.
    #[error("{0}")]
    NoCertificate(&'static str),
    /// There is no key in PEM, or an encrypted one; this says what there is instead.
    #[error("{0}")]
    NoKey(&'static str),
    /// The key is another certificate's.
    #[error("this key does not belong to the certificate: name the two that were issued together")]
    OtherKey,
    /// The key is another certificate's, and others follow it.
    #[error(
        "it holds several keys, and the first does not belong to the certificate: leave in it the one that does"
    )]
    SeveralKeys,
    /// The key belongs to a certificate that comes later in the chain.
    #[error(
        "another certificate comes before the server's own, such as the authority's: put the server's first, then \
         those that vouch for it, each by the next"
    )]
    WrongOrder,
    /// The certificate has no extensions.
    #[error(
        "it is of X.509 version 1, which browsers refuse: have it made with `subjectAltName`, as by `openssl x509` \
         with `-extfile`"
    )]
    Version1,
    /// The key is of a kind that is not supported.
    #[error(
        "it is a key of {kind}, which cannot be used: ask for a certificate with a new one, of ECDSA P-256 from \
         `openssl ecparam -name prime256v1 -genkey -noout`, or of RSA with 2048 to 4096 bits"
    )]
    Kind {
        /// Its kind.
        kind: String,
        /// The library's error.
        source: rustls::Error,
    },
    /// The certificate cannot be read.
    #[error("it is no certificate that can be read: {source}")]
    Unreadable {
        /// The library's error.
        source: rustls::Error,
    },
    /// The certificate cannot be made.
    #[error("{source}")]
    NotMade {
        /// The library's error.
        #[from]
        source: rcgen::Error,
    },
}

impl From<rustls::Error> for TlsError {
    fn from(error: rustls::Error) -> Self {
        match error {
            rustls::Error::InconsistentKeys(_) => Self::OtherKey,
            source => Self::Unreadable { source },
        }
    }
}
