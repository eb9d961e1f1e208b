//! Questions: what is a text to all that was seen, what is known of a document, a cluster, a search.

use super::Index;
use super::comparing::{Asker, Comparing};
use super::links::{self, LinkRow};
use super::schema::failed;
use super::sketched::sketches;
use super::stored::StoredRow;
use crate::document::Document;
use crate::error::Result;
use crate::pipeline;
use crate::report::TraceReport;
use rusqlite::OptionalExtension;

/// Documents of a cluster that are traced; of more the oldest.
const TRACED: usize = 100;

/// A document of the index that a text is linked with.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The document.
    pub document: StoredRow,
    /// What it is to the text.
    pub link: LinkRow,
    /// Share of the text that stands in the document, and of the document that stands in the text.
    pub containment: [f64; 2],
}

/// What a text is to all that was seen.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// A document with the very same words.
    pub same: Option<StoredRow>,
    /// Documents that it is linked with, the closest first.
    pub found: Vec<Asked>,
    /// Whether it has more candidates than are compared.
    pub bounded: bool,
    /// Whether it is compared at all: walls, error pages and very short texts are not.
    pub compared: bool,
    /// Agencies that the text names as its source.
    pub agencies: Vec<String>,
}

/// What is searched for; all that is given must hold.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// A part of the title.
    pub title: Option<String>,
    /// A part of the publisher's name.
    pub publisher: Option<String>,
    /// Only documents in a cluster with others.
    pub clustered: bool,
    /// Only documents with smaller numbers: the next page.
    pub before: Option<i64>,
}

impl Index {
    /// What a text is to all documents of the index. Nothing is kept.
    ///
    /// # Errors
    /// [`Error::Store`](crate::error::Error::Store).
    pub fn query(&mut self, document: &Document) -> Result<Answer> {
        if self.database.is_autocommit() {
            // Whoever changes the file between two of its reads would have it seem damaged.
            return self.at_one_moment(|index| index.query(document))?;
        }
        self.refresh()?;
        let one = std::slice::from_ref(document);
        let sketch = sketches(one, &self.config, &self.frozen)?.swap_remove(0);
        let mut answer = Answer { compared: sketch.article, agencies: sketch.agencies.clone(), ..Answer::default() };
        if !sketch.article {
            return Ok(answer);
        }
        if let Some(same) = self.rows().first_of(&sketch.brief.exact)? {
            for link in links::of(&self.database, &self.path, same.number)? {
                if let Some(row) = self.rows().by_number(link.other(same.number))? {
                    let containment = link.seen_from(same.number);
                    answer.found.push(Asked { document: row, link, containment });
                }
            }
            answer.same = Some(same);
        } else {
            let comparing = Comparing {
                database: &self.database,
                path: &self.path,
                config: &self.config,
                frozen: &self.frozen,
                postings: &self.postings,
            };
            let found = comparing.find(&[Asker { number: 0, document, sketch: &sketch }])?;
            answer.bounded = found.bounded > 0;
            for (_, link) in found.links {
                if let Some(row) = self.rows().by_number(link.other(0))? {
                    // A document of the very same words would have been found by its hash.
                    if row.exact == sketch.brief.exact {
                        return Err(failed(&self.path, "is damaged: a document cannot be found by its words; run `wirecopy index check`"));
                    }
                    let containment = link.seen_from(0);
                    answer.found.push(Asked { document: row, link, containment });
                }
            }
        }
        let closeness = |a: &Asked| a.containment[0].max(a.containment[1]) + a.link.probability;
        answer.found.sort_by(|x, y| closeness(y).total_cmp(&closeness(x)).then(x.document.number.cmp(&y.document.number)));
        Ok(answer)
    }

    /// The row of a document.
    ///
    /// # Errors
    /// [`Error::Store`](crate::error::Error::Store).
    pub fn row(&self, id: &str) -> Result<Option<StoredRow>> {
        self.rows().by_id(id)
    }

    /// The row of a document, by its number.
    ///
    /// # Errors
    /// [`Error::Store`](crate::error::Error::Store).
    pub fn row_of(&self, number: i64) -> Result<Option<StoredRow>> {
        self.rows().by_number(number)
    }

    /// A document with its text.
    ///
    /// # Errors
    /// [`Error::Store`](crate::error::Error::Store).
    pub fn document(&self, row: &StoredRow) -> Result<Document> {
        self.rows().document(row)
    }

    /// The links of a document, or of the first of its words.
    ///
    /// # Errors
    /// [`Error::Store`](crate::error::Error::Store).
    pub fn links(&self, row: &StoredRow) -> Result<Vec<LinkRow>> {
        links::of(&self.database, &self.path, row.copy_of.unwrap_or(row.number))
    }

    /// The id that a cluster has now: its own, or that of the one which it went into.
    ///
    /// # Errors
    /// [`Error::Store`](crate::error::Error::Store).
    pub fn cluster_now(&self, cluster: i64) -> Result<i64> {
        let mut now = cluster;
        // Each step goes to an older one, so that this ends; a damaged file might not.
        for _ in 0..1_000 {
            let sql = "SELECT kept FROM merged WHERE cluster = ?1";
            match self.database.query_row(sql, [now], |r| r.get(0)).optional().map_err(|e| failed(&self.path, e))? {
                Some(kept) if kept < now => now = kept,
                _ => break,
            }
        }
        Ok(now)
    }

    /// The documents of a cluster, in the order in which they were added.
    ///
    /// # Errors
    /// [`Error::Store`](crate::error::Error::Store).
    pub fn cluster(&self, cluster: i64) -> Result<Vec<StoredRow>> {
        self.rows().all("cluster = ?1 ORDER BY number", [self.cluster_now(cluster)?])
    }

    /// The newest clusters of two and more documents: id, documents, number of the newest document. `before` continues a list.
    ///
    /// # Errors
    /// [`Error::Store`](crate::error::Error::Store).
    pub fn newest_clusters(&self, most: usize, before: Option<i64>) -> Result<Vec<(i64, u64, i64)>> {
        let sql = "SELECT cluster, count(*), max(number) AS newest FROM document GROUP BY cluster HAVING count(*) > 1 AND newest < ?2
            ORDER BY newest DESC LIMIT ?1";
        let read = || {
            let mut query = self.database.prepare_cached(sql)?;
            let rows = query.query_map([most as i64, before.unwrap_or(i64::MAX)], |r| {
                Ok((r.get(0)?, r.get::<_, i64>(1)?.cast_unsigned(), r.get(2)?))
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|e| failed(&self.path, e))
    }

    /// The newest documents of which all that is asked holds.
    ///
    /// # Errors
    /// [`Error::Store`](crate::error::Error::Store).
    pub fn search(&self, search: &Search, most: usize) -> Result<Vec<StoredRow>> {
        let within = |text: &Option<String>| {
            let plain = text.as_deref().unwrap_or("").replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            format!("%{plain}%")
        };
        let wanted = "number < ?1 AND (?2 = '%%' OR title LIKE ?2 ESCAPE '\\') AND (?3 = '%%' OR publisher LIKE ?3 ESCAPE '\\')
            AND (?4 = 0 OR EXISTS (SELECT 1 FROM document AS o WHERE o.cluster = document.cluster AND o.number <> document.number))
            ORDER BY number DESC LIMIT ?5";
        let before = search.before.unwrap_or(i64::MAX);
        self.rows().all(wanted, rusqlite::params![before, within(&search.title), within(&search.publisher), search.clustered, most as i64])
    }

    /// Traces a cluster: relations, lineage and fact diffs of its documents, the oldest hundred if there are more. `with` is traced beside them.
    ///
    /// # Errors
    /// [`Error::Store`](crate::error::Error::Store), and those of [`pipeline::trace`].
    pub fn trace(&self, cluster: i64, with: Option<Document>) -> Result<TraceReport> {
        let rows = self.cluster(cluster)?;
        let mut documents: Vec<Document> = rows.iter().take(TRACED).map(|row| self.document(row)).collect::<Result<_>>()?;
        documents.extend(with);
        pipeline::trace(documents, Vec::new(), true, &self.traced_under())
    }

    /// The settings of a trace: those for articles, with the seed and the shingles of the index.
    fn traced_under(&self) -> crate::config::Config {
        crate::config::Config { shingle_size: self.config.shingle_size, seed: self.config.seed, ..crate::config::Config::default() }
    }

    /// All documents in the order of their numbers, `most` at a time: those after `after`.
    ///
    /// # Errors
    /// [`Error::Store`](crate::error::Error::Store).
    pub fn after(&self, after: i64, most: usize) -> Result<Vec<StoredRow>> {
        self.rows().all("number > ?1 ORDER BY number LIMIT ?2", [after, most as i64])
    }
}
