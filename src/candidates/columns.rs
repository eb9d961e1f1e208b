//! Columns of 32-bit values that lie in memory up to a bound, then in a [`Spill`].

use super::spill::Spill;

pub(super) struct Columns {
    pub(super) memory: Vec<Vec<u32>>,
    spill: Option<Box<dyn Spill>>,
    bound: usize,
    held: usize,
    spilled: bool,
}

impl Columns {
    /// `count` columns that take at most about `bound` bytes of memory when there is a `spill`.
    pub(super) fn new(count: usize, bound: usize, spill: Option<Box<dyn Spill>>) -> Self {
        Self { memory: vec![Vec::new(); count], spill, bound, held: 0, spilled: false }
    }

    /// Columns that an earlier run left whole in `spill`.
    pub(super) fn resumed(count: usize, spill: Box<dyn Spill>) -> Self {
        Self { spilled: true, ..Self::new(count, usize::MAX, Some(spill)) }
    }

    /// Told how many values were added to `memory`; they go to the spill when they have become too many.
    pub(super) fn settle(&mut self, added: usize) -> std::io::Result<()> {
        self.held += added;
        // A growing vector holds up to twice of what is in it.
        if self.held * 8 > self.bound { self.flush() } else { Ok(()) }
    }

    /// Sends all values to the spill, if there is one.
    pub(super) fn flush(&mut self) -> std::io::Result<()> {
        let Some(spill) = &mut self.spill else { return Ok(()) };
        for (at, column) in self.memory.iter_mut().enumerate() {
            spill.append(at, column)?;
            column.clear();
        }
        (self.held, self.spilled) = (0, true);
        Ok(())
    }

    pub(super) const fn spilled(&self) -> bool {
        self.spilled
    }

    /// All values of a column, out of memory and the spill.
    pub(super) fn take(&mut self, at: usize) -> std::io::Result<Vec<u32>> {
        let mut values = Vec::new();
        if self.spilled
            && let Some(spill) = &mut self.spill
        {
            spill.read(at, &mut values)?;
        }
        let mut rest = std::mem::take(&mut self.memory[at]);
        if values.is_empty() {
            return Ok(rest);
        }
        values.append(&mut rest);
        Ok(values)
    }

    /// Takes away what is in the spill, if there is one.
    pub(super) fn discard(mut self) {
        let count = self.memory.len();
        if let Some(spill) = &mut self.spill {
            spill.clear(count);
        }
    }
}
