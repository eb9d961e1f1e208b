//! Why the file failed, and the way out.

use rusqlite::ErrorCode;

/// What an error of the file says.
pub(super) trait Reason {
    fn told(self) -> String;
}

impl Reason for &str {
    fn told(self) -> String {
        self.to_owned()
    }
}

impl Reason for String {
    fn told(self) -> String {
        self
    }
}

impl Reason for rusqlite::Error {
    fn told(self) -> String {
        error_told(&self)
    }
}

impl Reason for &mut rusqlite::Error {
    fn told(self) -> String {
        error_told(self)
    }
}

fn error_told(error: &rusqlite::Error) -> String {
    use rusqlite::Error;
    match error {
        // A value that was never written so.
        Error::IntegralValueOutOfRange(..) | Error::InvalidColumnType(..) | Error::FromSqlConversionFailure(..) | Error::Utf8Error(..) => {
            format!("is damaged: {error}; {DAMAGED}")
        }
        error => {
            let told = in_one_line(&error.to_string());
            match way(error) {
                Some(way) => format!("{told}; {way}"),
                None => told,
            }
        }
    }
}

/// SQLite quotes the statement that made a damaged table, over as many lines as it was written in.
fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

const DAMAGED: &str = "`wirecopy index check` tells what is damaged; put back a copy, or make the index anew";

/// What is to be done about an error of SQLite, where that is known.
fn way(error: &rusqlite::Error) -> Option<&'static str> {
    /// Where the file ends before what is to be read of it.
    const SHORT_READ: i32 = rusqlite::ffi::SQLITE_IOERR_SHORT_READ;
    Some(match error.sqlite_error_code()? {
        ErrorCode::SystemIoFailure if error.sqlite_extended_error_code() == Some(SHORT_READ) => DAMAGED,
        ErrorCode::DiskFull | ErrorCode::SystemIoFailure => {
            "the disk may be full or broken: what was told before is kept, and the same again goes on when there is room"
        }
        ErrorCode::ReadOnly => "it cannot be written: take the rights to, or a copy of it in a folder that can be written",
        ErrorCode::CannotOpen => "it and its folder must be there, and what changes it must be able to write both",
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
            "another program has been changing it for long: ask again when that has ended; nothing of this was done"
        }
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => DAMAGED,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_one_line() {
        let quoted = "malformed database schema (link) - near \"NULL\":\n        PRIMARY KEY (a, b)".to_owned();
        let error = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT), Some(quoted));
        let told = error.told();
        assert!(told.contains("near \"NULL\": PRIMARY KEY (a, b); `wirecopy index check`"), "{told}");
        assert_eq!(told.lines().count(), 1);
    }
}
