//! What the program prints and how it ends: each file under `tests/cmd` is one call with its whole output.
//! `TRYCMD=overwrite` writes new outputs into the files; read the difference before it is committed.

#[test]
fn each_call_prints_what_its_page_says() {
    trycmd::TestCases::new().case("tests/cmd/*.toml").case("README.md");
}
