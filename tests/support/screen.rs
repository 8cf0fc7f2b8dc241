//! What is on a virtual screen, seen from outside of every window: the frame buffer of Xvfb, a file in the format of `xwd`.

use std::path::{Path, PathBuf};

/// A pixel: red, green, blue.
pub type Pixel = [u8; 3];

/// The frame buffer of a virtual screen.
pub struct Screen {
    file: PathBuf,
}

impl Screen {
    /// The screen whose server writes into `folder`.
    pub fn in_folder(folder: &Path) -> Self {
        Self { file: folder.join("Xvfb_screen0") }
    }

    /// Pixels spread evenly over the screen, `across` by `down`; none while there is no picture.
    ///
    /// # Panics
    /// It is not in the format of `xwd` with 32 bits a pixel.
    pub fn pixels(&self, across: usize, down: usize) -> Vec<Pixel> {
        let Ok(bytes) = std::fs::read(&self.file) else { return Vec::new() };
        let word = |at: usize| -> Option<usize> {
            let bytes = bytes.get(at * 4..at * 4 + 4)?.try_into().ok()?;
            usize::try_from(u32::from_be_bytes(bytes)).ok()
        };
        let words = [0, 4, 5, 7, 11, 12, 19].map(word);
        let [Some(header), Some(width), Some(height), Some(order), Some(bits), Some(line), Some(colours)] =
            words
        else {
            return Vec::new();
        };
        assert_eq!(bits, 32, "bits a pixel");
        let first = header + colours * 12;
        let place = |x: usize, y: usize| first + y * line + x * 4;
        let centre = |step: usize, steps: usize, size: usize| (2 * step + 1) * size / (2 * steps);
        let pixel = |column: usize, row: usize| -> Option<Pixel> {
            let at = place(centre(column, across, width), centre(row, down, height));
            let pixel = bytes.get(at..at + 4)?;
            // Least significant byte first: blue, green, red.
            Some(if order == 0 { [pixel[2], pixel[1], pixel[0]] } else { [pixel[1], pixel[2], pixel[3]] })
        };
        (0..down)
            .flat_map(|row| (0..across).map(move |column| (column, row)))
            .filter_map(|(x, y)| pixel(x, y))
            .collect()
    }
}
