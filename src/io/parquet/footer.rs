//! A look at the end of a Parquet file before it is trusted.
//!
//! The footer says how many things it holds and how deep they nest, and a reader that believes it takes memory or stack for
//! them. So its structure is walked first (the compact protocol of Apache Thrift), without keeping anything.

use std::io::{self, Read, Seek, SeekFrom};

/// Longest footer that is read, in bytes; one of a table of 10,000 columns takes a tenth of that.
const LONGEST: u64 = 1 << 28;
/// Nesting of the footer's own structure; the format needs eight.
const DEPTH: u32 = 32;
/// Nesting of columns.
const COLUMN_DEPTH: usize = 100;

/// Checks that the footer is one.
///
/// # Errors
/// What is wrong with it, to stand after the name of the file.
pub(super) fn check(file: &mut (impl Read + Seek)) -> Result<(), String> {
    let bytes = read(file)?;
    let mut walk = Walk::over(&bytes);
    walk.footer().ok_or_else(|| "is damaged: its footer holds less than it says".to_owned())
}

fn read(file: &mut (impl Read + Seek)) -> Result<Vec<u8>, String> {
    let failed = |e: io::Error| format!("cannot be read: {e}");
    let length = file.seek(SeekFrom::End(0)).map_err(failed)?;
    let mut ends = [0; 12];
    if length < ends.len() as u64 {
        return Err("is no Parquet file: it is too short".into());
    }
    file.rewind().map_err(failed)?;
    file.read_exact(&mut ends[..4]).map_err(failed)?;
    file.seek(SeekFrom::End(-8)).map_err(failed)?;
    file.read_exact(&mut ends[4..]).map_err(failed)?;
    let (start, size, end) = (&ends[..4], [ends[4], ends[5], ends[6], ends[7]], &ends[8..]);
    match (start, end) {
        (b"PAR1", b"PAR1") => {}
        (b"PARE", _) | (_, b"PARE") => return Err("is encrypted".into()),
        (b"PAR1", _) => return Err("is damaged or cut off: the mark at its end is missing".into()),
        _ => return Err("is no Parquet file".into()),
    }
    let size = u64::from(u32::from_le_bytes(size));
    if size > length - 12 || size > LONGEST {
        return Err(format!("is damaged: its footer says that it takes {size} bytes of {length}"));
    }
    file.seek(SeekFrom::End(-8 - size as i64)).map_err(failed)?;
    let mut bytes = vec![0; size as usize];
    file.read_exact(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// Goes over a value; `None` where it is none.
pub(super) struct Walk<'a> {
    rest: &'a [u8],
    /// Value of the last whole number that was passed.
    fields: u64,
}

/// Types of the compact protocol.
const LIST: u8 = 9;
const STRUCT: u8 = 12;
/// Where the footer holds the columns, and where a column tells how many it holds.
const SCHEMA: i64 = 2;
const CHILDREN: i64 = 5;

impl<'a> Walk<'a> {
    /// Goes over the structure that these bytes begin with.
    pub(super) const fn over(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, fields: 0 }
    }

    /// How many of the bytes it has gone over.
    pub(super) const fn passed(&self, bytes: &[u8]) -> u64 {
        (bytes.len() - self.rest.len()) as u64
    }

    /// Passes a value; what it is, if it is a whole number that is not negative.
    pub(super) fn whole(&mut self, kind: u8) -> Option<u64> {
        self.fields = 0;
        self.value(kind, DEPTH, false)?;
        Some(self.fields >> 1)
    }

    fn footer(&mut self) -> Option<()> {
        let mut field = 0;
        while let Some(kind) = self.field(&mut field)? {
            if field == SCHEMA && kind == LIST {
                self.columns()?;
            } else {
                self.value(kind, DEPTH, false)?;
            }
        }
        Some(())
    }

    /// The list of columns, each before those that it holds.
    fn columns(&mut self) -> Option<()> {
        let (kind, count) = self.list()?;
        if kind != STRUCT && count > 0 {
            return None;
        }
        // How many columns each open one still waits for.
        let mut open: Vec<u64> = Vec::new();
        for _ in 0..count {
            while open.last() == Some(&0) {
                open.pop();
            }
            if let Some(waiting) = open.last_mut() {
                *waiting -= 1;
            }
            let (mut field, mut children) = (0, 0);
            while let Some(kind) = self.field(&mut field)? {
                self.value(kind, DEPTH, false)?;
                if field == CHILDREN {
                    // Whole numbers are written zigzag; a column holds none or some.
                    children = self.fields >> 1;
                }
            }
            if children > count {
                return None;
            }
            open.push(children);
            if open.len() > COLUMN_DEPTH {
                return None;
            }
        }
        Some(())
    }

    /// The type of the next field of a structure, and its number; the inner `None` ends the structure.
    #[expect(clippy::option_option, reason = "the outer one is a fault, the inner one the end")]
    pub(super) fn field(&mut self, number: &mut i64) -> Option<Option<u8>> {
        let byte = self.byte()?;
        if byte == 0 {
            return Some(None);
        }
        *number = match byte >> 4 {
            0 => {
                let zigzag = self.number()?;
                (zigzag >> 1).cast_signed() ^ -(zigzag & 1).cast_signed()
            }
            step => number.checked_add(i64::from(step))?,
        };
        Some(Some(byte & 15))
    }

    fn value(&mut self, kind: u8, depth: u32, in_list: bool) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        match kind {
            // A truth value is part of the head of its field.
            1 | 2 => self.skip(u64::from(in_list)),
            3 => self.skip(1),
            4..=6 => {
                self.fields = self.number()?;
                Some(())
            }
            7 => self.skip(8),
            8 => {
                let length = self.number()?;
                self.skip(length)
            }
            LIST | 10 => {
                let (kind, count) = self.list()?;
                (0..count).try_for_each(|_| self.value(kind, depth, true))
            }
            11 => {
                let count = self.number()?;
                let kinds = if count == 0 { 0 } else { self.byte()? };
                self.fits(count)?;
                (0..count).try_for_each(|_| {
                    self.value(kinds >> 4, depth, true)?;
                    self.value(kinds & 15, depth, true)
                })
            }
            STRUCT => {
                let mut field = 0;
                while let Some(kind) = self.field(&mut field)? {
                    self.value(kind, depth, false)?;
                }
                Some(())
            }
            _ => None,
        }
    }

    /// The type of the elements of a list, and how many there are.
    fn list(&mut self) -> Option<(u8, u64)> {
        let byte = self.byte()?;
        let count = if byte >> 4 == 15 { self.number()? } else { u64::from(byte >> 4) };
        self.fits(count)?;
        Some((byte & 15, count))
    }

    /// Each element takes one byte at least.
    fn fits(&self, count: u64) -> Option<()> {
        (count <= self.rest.len() as u64).then_some(())
    }

    fn number(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 127) << shift;
            if byte < 128 {
                return Some(value);
            }
        }
        None
    }

    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*byte)
    }

    fn skip(&mut self, bytes: u64) -> Option<()> {
        self.rest = self.rest.get(usize::try_from(bytes).ok()?..)?;
        Some(())
    }
}
