//! Several questions of one moment.

use super::Index;
use super::schema::failed;
use crate::error::Result;

impl Index {
    /// Asks all of `work` of the file as it is now: what another program or thread changes meanwhile is not seen.
    ///
    /// # Errors
    /// [`Error::Store`](crate::error::Error::Store) when the file cannot be read.
    pub fn at_one_moment<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> Result<T> {
        // The first read makes the moment.
        self.database.execute_batch("BEGIN; SELECT count(*) FROM setting").map_err(|e| failed(&self.path, e))?;
        let done = self.refresh().map(|()| work(self)).and_then(|done| self.refresh().map(|()| done));
        // Nothing was changed, so that there is nothing to lose.
        let ended = self.database.execute_batch("ROLLBACK").map_err(|e| failed(&self.path, e));
        done.and_then(|done| ended.map(|()| done))
    }
}
