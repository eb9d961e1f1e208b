//! What stands behind the question mark of an address, or in a form.

use super::fault::Fault;
use std::str::FromStr;
use url::form_urlencoded;

/// Names and values, each name at most once and all of them known.
#[derive(Debug, Default)]
pub(super) struct Parameters(Vec<(String, String)>);

/// Longest value of an address, in characters.
const LONGEST: usize = 2_000;

impl Parameters {
    /// Those of an address.
    pub(super) fn of(query: Option<&str>, known: &[&str]) -> Result<Self, Fault> {
        let read = Self::read(query.unwrap_or("").as_bytes(), known)?;
        if read.0.iter().any(|(_, value)| value.chars().nth(LONGEST).is_some()) {
            return Err(Fault::request(format!("a parameter has at most {LONGEST} characters")));
        }
        Ok(read)
    }

    /// Those of a form.
    pub(super) fn read(form: &[u8], known: &[&str]) -> Result<Self, Fault> {
        let mut found: Vec<(String, String)> = Vec::new();
        for (name, value) in form_urlencoded::parse(form) {
            if !known.contains(&&*name) {
                return Err(Fault::request(format!("there is no parameter of this name here; known: {}", known.join(", "))));
            }
            if found.iter().any(|(n, _)| *n == *name) {
                return Err(Fault::request(format!("{name} stands twice")));
            }
            found.push((name.into_owned(), value.into_owned()));
        }
        Ok(Self(found))
    }

    /// A value, if there is one that is not blank.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str()).filter(|v| !v.trim().is_empty())
    }

    /// A value that must be there.
    pub(super) fn must(&self, name: &str) -> Result<&str, Fault> {
        self.text(name).ok_or_else(|| Fault::request(format!("{name} is missing")))
    }

    fn parsed<T: FromStr>(&self, name: &str, what: &str) -> Result<Option<T>, Fault> {
        self.text(name).map(|value| value.parse().map_err(|_| Fault::request(format!("{name} is {what}")))).transpose()
    }

    pub(super) fn number(&self, name: &str) -> Result<Option<i64>, Fault> {
        self.parsed(name, "a whole number")
    }

    pub(super) fn flag(&self, name: &str) -> Result<bool, Fault> {
        Ok(self.parsed(name, "true or false")?.unwrap_or(false))
    }

    /// How many rows are wanted.
    pub(super) fn limit(&self) -> Result<usize, Fault> {
        match self.number("limit")? {
            None => Ok(50),
            Some(n @ 1..=500) => Ok(n as usize),
            Some(_) => Err(Fault::request("limit is 1 to 500")),
        }
    }
}
