//! Gzip and Zstandard, both ways.

use super::resolve::Packing;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};

/// The bytes of a file as they were before packing. Files of several packed parts, one after the other, are read to the end.
pub(super) fn unpacked(file: File, packing: Packing) -> io::Result<Box<dyn Read>> {
    Ok(match packing {
        Packing::Plain => Box::new(file),
        Packing::Gzip => Box::new(flate2::read::MultiGzDecoder::new(BufReader::with_capacity(1 << 16, file))),
        Packing::Zstandard => Box::new(zstd::stream::read::Decoder::new(file)?),
    })
}

/// The same of what is being read.
pub(super) fn unpacked_from<'a>(from: &'a mut dyn BufRead, packing: Packing) -> io::Result<Box<dyn Read + 'a>> {
    Ok(match packing {
        Packing::Plain => Box::new(from),
        Packing::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(from)),
        Packing::Zstandard => Box::new(zstd::stream::read::Decoder::with_buffer(from)?),
    })
}

/// A writer that packs; [`PackedWriter::finish`] must end it.
pub(super) enum PackedWriter {
    Plain(BufWriter<File>),
    Gzip(flate2::write::GzEncoder<BufWriter<File>>),
    Zstandard(zstd::stream::write::Encoder<'static, BufWriter<File>>),
}

impl PackedWriter {
    pub(super) fn new(file: File, packing: Packing) -> io::Result<Self> {
        let file = BufWriter::with_capacity(1 << 18, file);
        Ok(match packing {
            Packing::Plain => Self::Plain(file),
            Packing::Gzip => Self::Gzip(flate2::write::GzEncoder::new(file, flate2::Compression::default())),
            Packing::Zstandard => Self::Zstandard(zstd::stream::write::Encoder::new(file, 3)?),
        })
    }

    /// Writes what is left and hands the file back.
    pub(super) fn finish(self) -> io::Result<File> {
        let rest = match self {
            Self::Plain(file) => file,
            Self::Gzip(packer) => packer.finish()?,
            Self::Zstandard(packer) => packer.finish()?,
        };
        rest.into_inner().map_err(io::IntoInnerError::into_error)
    }
}

impl Write for PackedWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(to) => to.write(bytes),
            Self::Gzip(to) => to.write(bytes),
            Self::Zstandard(to) => to.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(to) => to.flush(),
            Self::Gzip(to) => to.flush(),
            Self::Zstandard(to) => to.flush(),
        }
    }
}
