#![no_main]

use wirecopy::page::read_page;

libfuzzer_sys::fuzz_target!(|html: &str| {
    let page = read_page(html, Some("https://example.org/2026/05/04/x"));
    assert!(page.text.is_char_boundary(page.body) && !page.text.contains('\0'));
});
