//! What must hold of every reader, whatever the bytes: no panic, no text beyond the bound, no empty text.

use wirecopy::config::Config;
use wirecopy::io::read;

/// Bytes that a text may have here.
const LONGEST: usize = 1 << 16;

/// Reads bytes as a file with this ending, and as standard input, where the content tells the format.
pub fn check(ending: &str, bytes: &[u8]) {
    let config = Config { max_document_bytes: LONGEST, ..Config::default() };
    let path = std::env::temp_dir().join(format!("wirecopy-fuzz-{}.{ending}", std::process::id()));
    if std::fs::write(&path, bytes).is_err() {
        return;
    }
    let named = read(&[path.to_string_lossy().into_owned()], &config, &mut std::io::empty());
    let piped = read(&["-".to_owned()], &config, &mut &*bytes);
    let _ = std::fs::remove_file(&path);
    for document in [named, piped].into_iter().flatten().flat_map(|reading| reading.documents) {
        assert!(document.text.len() <= LONGEST && !document.text.trim().is_empty());
    }
}
