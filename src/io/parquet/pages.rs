//! A look at the heads of the pages of a Parquet file before they are read.
//!
//! A page may say that its values are places in a dictionary. The reader takes it for granted that the dictionary stood before it.

use super::footer::Walk;
use parquet::file::metadata::ParquetMetaData;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

/// Bytes in which the head of a page is looked for; statistics make it longer than a few dozen.
const HEAD: u64 = 1 << 14;

/// Kinds of pages, and the encodings by places in a dictionary.
const DICTIONARY: u64 = 2;
const DATA: [u64; 2] = [0, 3];
const BY_PLACE: [u64; 2] = [2, 8];

/// Checks that no page asks for a dictionary that is not there. What else is wrong with pages the reader tells.
///
/// # Errors
/// What is wrong, to stand after the name of the file.
pub(super) fn check(file: &File, metadata: &ParquetMetaData) -> Result<(), String> {
    for chunk in metadata.row_groups().iter().flat_map(parquet::file::metadata::RowGroupMetaData::columns) {
        let start = chunk.dictionary_page_offset().unwrap_or(chunk.data_page_offset());
        let (Ok(mut at), Ok(size)) = (u64::try_from(start), u64::try_from(chunk.compressed_size())) else { continue };
        let end = at.saturating_add(size);
        let mut dictionary = false;
        while at < end {
            let Some(page) = page(file, at, end) else { break };
            dictionary |= page.kind == DICTIONARY;
            if DATA.contains(&page.kind) && BY_PLACE.contains(&page.encoding) && !dictionary {
                return Err("is damaged: a page of it needs a dictionary that is not there".to_owned());
            }
            at = at.saturating_add(page.bytes);
        }
    }
    Ok(())
}

#[derive(Default)]
struct Page {
    kind: u64,
    encoding: u64,
    /// With its head.
    bytes: u64,
}

fn page(mut file: &File, at: u64, end: u64) -> Option<Page> {
    file.seek(SeekFrom::Start(at)).ok()?;
    let mut bytes = Vec::new();
    file.take((end - at).min(HEAD)).read_to_end(&mut bytes).ok()?;
    let mut walk = Walk::over(&bytes);
    let mut page = Page::default();
    let (mut field, mut size) = (0, 0);
    while let Some(kind) = walk.field(&mut field)? {
        // the encoding is the second field of the one kind of data page, the fourth of the other
        let encoding = match field {
            5 => 2,
            8 => 4,
            _ => {
                let number = walk.whole(kind)?;
                match field {
                    1 => page.kind = number,
                    3 => size = number,
                    _ => {}
                }
                continue;
            }
        };
        let mut inner = 0;
        while let Some(kind) = walk.field(&mut inner)? {
            let number = walk.whole(kind)?;
            if inner == encoding {
                page.encoding = number;
            }
        }
    }
    page.bytes = walk.passed(&bytes) + size;
    Some(page)
}
