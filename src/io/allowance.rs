//! A bound on what one record may take, for readers that decide by themselves how much they read.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// What is left of the bound of one record.
#[derive(Clone)]
pub(super) struct Allowance {
    left: Rc<Cell<u64>>,
    most: u64,
}

impl Allowance {
    /// `most` bytes a record, with what a reader may read ahead.
    pub(super) fn new(most: usize) -> Self {
        let most = most as u64;
        Self { left: Rc::new(Cell::new(most)), most }
    }

    /// A record has ended.
    pub(super) fn renew(&self) {
        self.left.set(self.most);
    }

    /// Whether a record took more than it may.
    pub(super) fn exceeded(&self) -> bool {
        self.left.get() == 0
    }

    /// What is said then.
    pub(super) fn told(&self) -> String {
        format!("a record is longer than {} bytes; it and what comes after it were not read", self.most)
    }
}

/// A reader that breaks off when one record takes more than it may.
pub(super) struct Bounded<R> {
    from: R,
    allowance: Allowance,
}

impl<R: Read> Bounded<R> {
    pub(super) const fn new(from: R, allowance: Allowance) -> Self {
        Self { from, allowance }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.allowance.left.get();
        if left == 0 {
            return Err(io::Error::other("a record is too long"));
        }
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        let read = self.from.read(&mut buffer[..most])?;
        self.allowance.left.set(left - read as u64);
        Ok(read)
    }
}
