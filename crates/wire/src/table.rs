//! How the tables of frames are stated, which stand in `client_frames` and `daemon_frames`.

use super::cbor::{Item, Reader, WireError};

/// The elements of a frame's array that are still to be read.
pub(super) struct Elements<'r, 'a> {
    reader: &'r mut Reader<'a>,
    left: u64,
}

impl<'r, 'a> Elements<'r, 'a> {
    /// The frame's number, and what follows it.
    pub(super) fn of(reader: &'r mut Reader<'a>) -> Result<(u64, Self), WireError> {
        let (number, left) = reader.head()?;
        Ok((number, Self { reader, left }))
    }

    pub(super) fn next<T: Item<'a>>(&mut self) -> Result<T, WireError> {
        self.left = self.left.checked_sub(1).ok_or(WireError::Malformed)?;
        self.reader.read()
    }

    pub(super) fn next_if_any<T: Item<'a>>(&mut self) -> Result<Option<T>, WireError> {
        if self.left > 0 { self.next().map(Some) } else { Ok(None) }
    }

    pub(super) fn end(&self) -> Result<(), WireError> {
        if self.left == 0 { Ok(()) } else { Err(WireError::Malformed) }
    }
}

/// Makes an enum of frames, with all that follows from them, of a table of their numbers, names and
/// fields:
///
/// ```ignore
/// frames! {
///     /// What a client says.
///     ClientFrame<'a> {
///         /// `[1, alias]`, or `[1, alias, code]`: what stands after a semicolon may be left out.
///         1 => Greet { alias: &'a str; code: Option<u64> },
///         /// `[2, id]`, of which Rust needs no name.
///         2 => Kick(id: Id),
///         /// `[3]`
///         3 => Stop,
///     }
/// }
/// ```
///
/// A field is of any type that is an [`Item`], which also says what it may be.
macro_rules! frames {
    (
        $(#[$doc:meta])*
        $name:ident<$a:lifetime> {$(
            $(#[$frame_doc:meta])*
            $number:literal => $frame:ident
                $({
                    $($(#[$field_doc:meta])* $field:ident: $type:ty),+
                    $(; $(#[$last_doc:meta])* $last:ident: Option<$last_type:ty>)?
                    $(,)?
                })?
                $(($only:ident: $only_type:ty))?
        ),+ $(,)?}
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $name<$a> {$(
            $(#[$frame_doc])*
            $frame
                $({
                    $($(#[$field_doc])* $field: $type,)+
                    $($(#[$last_doc])* $last: Option<$last_type>)?
                })?
                $(($only_type))?
        ),+}

        impl<$a> $name<$a> {
            /// Every frame: its number, its name, and the names of its fields. One that may be left
            /// out has a `?`.
            pub const FRAMES: &'static [(u8, &'static str, &'static [&'static str])] = &[$((
                $number,
                stringify!($frame),
                &[
                    $($(stringify!($field),)+ $(concat!(stringify!($last), "?"))?)?
                    $(stringify!($only))?
                ],
            )),+];

            /// The number that stands first in this frame.
            #[must_use]
            pub fn number(&self) -> u8 {
                match self {
                    $(Self::$frame { .. } => $number,)+
                }
            }

            /// Reads one frame that fills `bytes`.
            pub fn decode(bytes: &$a [u8]) -> Result<Self, $crate::WireError> {
                $crate::cbor::decode(bytes)
            }

            /// Writes the frame.
            #[must_use]
            pub fn encode(&self) -> Vec<u8> {
                $crate::cbor::encode(self)
            }
        }

        impl<$a> $crate::cbor::Item<$a> for $name<$a> {
            fn read(reader: &mut $crate::cbor::Reader<$a>) -> Result<Self, $crate::WireError> {
                let (number, mut elements) = $crate::table::Elements::of(reader)?;
                let frame = match number {
                    $($number => Self::$frame {
                        $($($field: elements.next()?,)+ $($last: elements.next_if_any()?)?)?
                        $(0: elements.next::<$only_type>()?)?
                    },)+
                    _ => return Err($crate::WireError::Malformed),
                };
                elements.end()?;
                Ok(frame)
            }

            fn write<W: $crate::cbor::Write>(
                &self,
                to: &mut $crate::cbor::Encoder<W>,
            ) -> $crate::cbor::Written<W> {
                match self {$(
                    Self::$frame { $($($field,)+ $($last)?)? $(0: $only)? } => {
                        let fields: &[&str] = &[$($(stringify!($field)),+)? $(stringify!($only))?];
                        let length = 1 + fields.len() as u64 $($(+ u64::from($last.is_some()))?)?;
                        to.array(length)?.u8($number)?;
                        $($($field.write(to)?;)+ $(if let Some(last) = $last { last.write(to)?; })?)?
                        $($only.write(to)?;)?
                    }
                )+}
                Ok(())
            }
        }
    };
}
pub(super) use frames;

/// Makes an enum that stands in a frame as a number.
macro_rules! coded {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $code:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant = $code,)* }

        impl TryFrom<u64> for $name {
            type Error = $crate::WireError;

            fn try_from(code: u64) -> Result<Self, $crate::WireError> {
                match code {
                    $($code => Ok(Self::$variant),)*
                    _ => Err($crate::WireError::Malformed),
                }
            }
        }

        impl<'a> $crate::cbor::Item<'a> for $name {
            fn read(reader: &mut $crate::cbor::Reader<'a>) -> Result<Self, $crate::WireError> {
                reader.read::<u64>()?.try_into()
            }

            fn write<W: $crate::cbor::Write>(
                &self,
                to: &mut $crate::cbor::Encoder<W>,
            ) -> $crate::cbor::Written<W> {
                (*self as u64).write(to)
            }
        }
    };
}
pub(super) use coded;
