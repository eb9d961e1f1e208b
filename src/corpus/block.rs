//! The first pass: a block of the input to rows, by one worker with its own buffers.

use super::documents::Documents;
use super::input::Inputs;
use super::json::{FieldNames, read_record};
use super::texts::{Texts, seconds};
use super::wall_words::WallWords;
use crate::config::{Config, Keep};
use crate::extract::{is_non_article, may_be_list};
use crate::keys::{Bulk, Gram, Measure, sample};

/// Bytes of a block: fits into a core's own cache.
pub(super) const BLOCK: u64 = 1 << 20;
/// Rows of a block of a table.
pub(super) const BLOCK_ROWS: u64 = 512;

/// What one block holds.
#[derive(Debug, Default)]
pub(super) struct BlockRows {
    /// Its documents; an empty id stands for "file and line".
    pub(super) documents: Documents,
    /// Line of each document, counted from 0 in the block.
    pub(super) lines_of: Vec<u32>,
    /// Band keys, one document after the other.
    pub(super) keys: Vec<u32>,
    /// Hashes of the sampled grams, one document after the other, and where each one's end; empty when none are asked for.
    pub(super) grams: Vec<u64>,
    pub(super) gram_ends: Vec<u32>,
    /// Faulty lines: number in the block, what is wrong.
    pub(super) faults: Vec<(u32, String)>,
    /// Lines that start in the block.
    pub(super) lines: u32,
}

/// Buffers of one worker.
pub(super) struct Worker<'a> {
    inputs: &'a Inputs,
    names: FieldNames,
    bulk: Bulk,
    buffer: Vec<u8>,
    bound: u64,
    text_bound: usize,
    dated: bool,
    gram_sample: Option<u32>,
    sampled: Vec<Gram>,
    walls: WallWords,
}

impl<'a> Worker<'a> {
    pub(super) fn new(inputs: &'a Inputs, config: &Config) -> Self {
        Self {
            inputs,
            names: FieldNames::new(config),
            bulk: Bulk::new(config),
            buffer: Vec::new(),
            // A JSON string can take six bytes for one, and the other fields want room too.
            bound: config.max_document_bytes as u64 * 2 + BLOCK,
            text_bound: config.max_document_bytes,
            dated: config.keep == Keep::Earliest,
            gram_sample: config.derivatives.then_some(config.gram_sample as u32),
            sampled: Vec::new(),
            walls: WallWords::new(config.seed),
        }
    }

    /// Rows of all lines that start in the bytes `[start, end)` of part `part`, or of these rows of a table.
    pub(super) fn block(&mut self, part: usize, start: u64, end: u64) -> std::io::Result<BlockRows> {
        let mut rows = BlockRows::default();
        if let Some(texts) = self.inputs.texts() {
            for row in start..end {
                self.row(texts, row, &mut rows);
                rows.lines += 1;
            }
            return Ok(rows);
        }
        let Some(part) = self.inputs.part(part) else { return Ok(rows) };
        let mut buffer = std::mem::take(&mut self.buffer);
        // One byte before tells whether a line starts right at `start`.
        let from = start.saturating_sub(1);
        buffer.resize((end - from) as usize, 0);
        part.read_at(from, &mut buffer)?;
        let mut at = if start == 0 {
            if buffer.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 }
        } else {
            memchr::memchr(b'\n', &buffer).map_or(buffer.len(), |i| i + 1)
        };
        let base = part.start + from;
        while at < buffer.len() {
            let length = match memchr::memchr(b'\n', &buffer[at..]) {
                Some(length) => Some(length),
                None => self.rest_of_line(part, from, at, &mut buffer)?,
            };
            match length {
                Some(length) => self.line(&buffer[at..at + length], base + at as u64, &mut rows),
                None => rows.faults.push((rows.lines, format!("the line is longer than {} bytes; skipped", self.bound))),
            }
            rows.lines += 1;
            at = length.map_or(buffer.len(), |l| at + l + 1);
            if from + at as u64 >= end {
                break;
            }
        }
        self.buffer = buffer;
        Ok(rows)
    }

    /// Reads on until the line that starts at `at` ends; its length, or `None` if it is too long.
    fn rest_of_line(&self, part: &super::input::Part, from: u64, at: usize, buffer: &mut Vec<u8>) -> std::io::Result<Option<usize>> {
        while (buffer.len() - at) as u64 <= self.bound {
            let have = buffer.len();
            let more = (part.length - from - have as u64).min(if have - at < 1 << 16 { 1 << 14 } else { BLOCK });
            if more == 0 {
                return Ok(Some(have - at));
            }
            buffer.resize(have + more as usize, 0);
            part.read_at(from + have as u64, &mut buffer[have..])?;
            if let Some(end) = memchr::memchr(b'\n', &buffer[have..]) {
                return Ok(Some(have + end - at));
            }
        }
        Ok(None)
    }

    fn line(&mut self, line: &[u8], offset: u64, rows: &mut BlockRows) {
        if line.iter().all(u8::is_ascii_whitespace) {
            return;
        }
        match read_record(line, &self.names, self.bulk.text()) {
            Ok(fields) => {
                let date = fields.date.as_deref().filter(|_| self.dated).and_then(seconds);
                self.document(fields.id.as_deref().unwrap_or(""), date, (offset, line.len() as u32), rows);
            }
            Err(fault) => rows.faults.push((rows.lines, fault)),
        }
    }

    fn row(&mut self, texts: &dyn Texts, row: u64, rows: &mut BlockRows) {
        let at = row as usize;
        let Some(text) = texts.text(at) else { return rows.faults.push((rows.lines, "has no text; skipped".to_owned())) };
        self.bulk.text().push_str(&text);
        let date = if self.dated { texts.date(at) } else { None };
        self.document(&texts.id(at).unwrap_or_default(), date, (row, text.len() as u32), rows);
    }

    /// The document whose text stands in the buffer; `place` and length are those of its record.
    fn document(&mut self, id: &str, date: Option<i64>, (place, length): (u64, u32), rows: &mut BlockRows) {
        if self.bulk.written() > self.text_bound {
            return rows.faults.push((rows.lines, format!("the text is longer than {} bytes; skipped", self.text_bound)));
        }
        let measure = self.bulk.read_and_sign();
        self.bulk.band_keys(&mut rows.keys);
        if let Some(one_in) = self.gram_sample {
            sample(self.bulk.shingles(), one_in, &mut self.sampled);
            rows.grams.extend(self.sampled.iter().map(|g| g.hash));
            rows.gram_ends.push(rows.grams.len() as u32);
        }
        let news = self.gram_sample.is_some();
        let odd = self.walls.may_be_wall(self.bulk.words()) || news && may_be_list(self.bulk.source());
        if odd && is_non_article(self.bulk.source()) {
            rows.documents.walls.push(rows.documents.len() as u32);
        }
        rows.documents.glances.push(self.bulk.glance());
        rows.documents.push(id, place, length, measure);
        rows.lines_of.push(rows.lines);
        if self.dated {
            rows.documents.dates.push(date.unwrap_or(i64::MAX));
        }
    }

    /// Reads one document again and appends its shingles, each once, to `distinct`; the set is left in `set`.
    pub(super) fn shingle_set(
        &mut self,
        documents: &Documents,
        document: u32,
        set: &mut crate::keys::ShingleSet,
        distinct: &mut Vec<u64>,
    ) -> std::io::Result<Measure> {
        let measure = self.again(documents, document)?;
        set.fill(self.bulk.shingles(), distinct);
        Ok(measure)
    }

    /// Reads one document again: its shingles in the order of the text.
    pub(super) fn shingles(&mut self, documents: &Documents, document: u32) -> std::io::Result<&[u64]> {
        self.again(documents, document)?;
        Ok(self.bulk.shingles())
    }

    fn again(&mut self, documents: &Documents, document: u32) -> std::io::Result<Measure> {
        let at = document as usize;
        let changed = || std::io::Error::other("the input changed while it was read");
        if let Some(texts) = self.inputs.texts() {
            self.bulk.text().push_str(&texts.text(documents.offsets[at] as usize).ok_or_else(changed)?);
        } else {
            self.buffer.resize(documents.lengths[at] as usize, 0);
            self.inputs.read_at(documents.offsets[at], &mut self.buffer)?;
            read_record(&self.buffer, &self.names, self.bulk.text()).map_err(|_| changed())?;
        }
        let measure = self.bulk.read();
        if measure.exact != documents.exact[at] {
            return Err(changed());
        }
        Ok(measure)
    }
}
