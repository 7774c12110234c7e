//! Makes few pixels of many, each the mean of those in its place.

use zeroize::Zeroizing;

use super::size::Size;
use super::{CHANNELS, Miniature};

/// Takes rows of pixels from the top, and keeps no more of them than what becomes of them.
pub(super) struct Shrink {
    from: Size,
    to: Size,
    /// Rows that have come.
    row: usize,
    /// Of the row that is being made: red, green and blue as far as they cover, how far that is, and how many there were.
    sums: Vec<[u64; CHANNELS + 1]>,
    pixels: Zeroizing<Vec<u8>>,
}

impl Shrink {
    /// Of a picture of one size one of another, which is no larger.
    pub(super) fn new(from: Size, to: Size) -> Self {
        let pixels = Zeroizing::new(Vec::with_capacity(to.pixels() * CHANNELS));
        Self { from, to, row: 0, sums: vec![[0; CHANNELS + 1]; to.width], pixels }
    }

    /// Takes the next row: grey, grey and alpha, colours, or colours and alpha, as so many bytes a pixel tell.
    pub(super) fn row(&mut self, bytes: &[u8], channels: usize) {
        if self.row >= self.from.height || bytes.len() < self.from.width * channels {
            return;
        }
        for (at, sum) in self.sums.iter_mut().enumerate() {
            let edge = |at: usize| at * self.from.width / self.to.width * channels;
            for pixel in bytes[edge(at)..edge(at + 1)].chunks_exact(channels) {
                let ([red, green, blue], alpha) = match *pixel {
                    [grey] => ([grey; 3], u8::MAX),
                    [grey, alpha] => ([grey; 3], alpha),
                    [red, green, blue] => ([red, green, blue], u8::MAX),
                    [red, green, blue, alpha, ..] => ([red, green, blue], alpha),
                    [] => continue,
                };
                let alpha = u64::from(alpha);
                for (sum, colour) in sum.iter_mut().zip([red, green, blue]) {
                    *sum += u64::from(colour) * alpha;
                }
                sum[3] += alpha;
                sum[4] += 1;
            }
        }
        let made_of = |row: usize| row * self.to.height / self.from.height;
        self.row += 1;
        if self.row == self.from.height || made_of(self.row) > made_of(self.row - 1) {
            self.ends_row();
        }
    }

    fn ends_row(&mut self) {
        for [red, green, blue, alpha, count] in &mut self.sums {
            let mean = |sum: u64, of: u64| u8::try_from(sum.checked_div(of).unwrap_or(0)).unwrap_or(u8::MAX);
            let pixel = [mean(*red, *alpha), mean(*green, *alpha), mean(*blue, *alpha), mean(*alpha, *count)];
            self.pixels.extend(pixel);
            (*red, *green, *blue, *alpha, *count) = (0, 0, 0, 0, 0);
        }
    }

    /// What has become of it, if all rows have come.
    pub(super) fn finish(self) -> Option<Miniature> {
        let is_whole = self.row == self.from.height;
        is_whole.then_some(Miniature { size: self.to, pixels: self.pixels })
    }
}
