//! Rows of packed bytes by their numbers.

use rusqlite::Connection;

/// A table of numbers and packed bytes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Table {
    Brief,
    Chunk,
}

impl Table {
    const fn name(self) -> &'static str {
        match self {
            Self::Brief => "brief",
            Self::Chunk => "chunk",
        }
    }

    /// How far apart rows stand that are read in one go, at most, and how many they are, at least: to pass over a large row takes longer.
    const fn near(self) -> usize {
        match self {
            Self::Brief => 8,
            Self::Chunk => 4,
        }
    }

    /// Tells those of the rows with these numbers that are there. The numbers are sorted.
    pub(super) fn each(self, database: &Connection, numbers: &[i64], take: &mut dyn FnMut(i64, &[u8])) -> rusqlite::Result<()> {
        let (name, near) = (self.name(), self.near());
        let mut one = database.prepare_cached(&format!("SELECT packed FROM {name} WHERE number = ?1"))?;
        let mut many =
            database.prepare_cached(&format!("SELECT number, packed FROM {name} WHERE number BETWEEN ?1 AND ?2 ORDER BY number"))?;
        for close in numbers.chunk_by(|x, y| y - x <= near as i64) {
            if close.len() < near {
                for &number in close {
                    let mut rows = one.query([number])?;
                    while let Some(row) = rows.next()? {
                        take(number, row.get_ref(0)?.as_blob()?);
                    }
                }
                continue;
            }
            let mut rows = many.query([close[0], close[close.len() - 1]])?;
            let mut wanted = close.iter().copied().peekable();
            while let Some(row) = rows.next()? {
                let number = row.get(0)?;
                while wanted.next_if(|n| *n < number).is_some() {}
                if wanted.next_if_eq(&number).is_some() {
                    take(number, row.get_ref(1)?.as_blob()?);
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::params;

    #[test]
    fn what_is_there_is_told_and_nothing_else() -> rusqlite::Result<()> {
        let database = Connection::open_in_memory()?;
        database.execute_batch("CREATE TABLE chunk (number INTEGER PRIMARY KEY, packed BLOB NOT NULL) STRICT")?;
        let there = |number: i64| number % 3 != 0;
        for number in (1..200).filter(|n| there(*n)) {
            database.execute("INSERT INTO chunk VALUES (?1, ?2)", params![number, [number as u8]])?;
        }
        let scattered: Vec<i64> = (0..30).map(|n| n * 7).collect();
        let close: Vec<i64> = (20..90).filter(|n| n % 2 == 0).chain([150, 151]).collect();
        for numbers in [scattered, close] {
            let mut told = Vec::new();
            Table::Chunk.each(&database, &numbers, &mut |number, packed| told.push((number, packed.to_vec())))?;
            let wanted: Vec<_> = numbers.iter().filter(|n| there(**n) && **n < 200).map(|n| (*n, vec![*n as u8])).collect();
            assert_eq!(told, wanted);
        }
        Ok(())
    }
}
