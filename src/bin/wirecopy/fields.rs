//! Where records have the parts of a document.

use clap::Args;
use wirecopy::config::Config;

#[derive(Debug, Args)]
#[command(next_help_heading = "Fields of records, columns of tables")]
pub(crate) struct FieldArgs {
    /// Holds the text [default: text, body, content, article, ...; a guess is told]
    #[arg(long, value_name = "NAME")]
    text_field: Option<String>,
    /// Holds the id [default: id; without one FILE:LINE]
    #[arg(long, value_name = "NAME")]
    id_field: Option<String>,
    /// Holds the date [default: date, published, ...; dedup reads it for --keep earliest only, and only if named]
    #[arg(long, value_name = "NAME")]
    date_field: Option<String>,
    /// Holds the title [default: title, headline, ...]
    #[arg(long, value_name = "NAME")]
    title_field: Option<String>,
    /// Holds the address [default: url, link, ...]
    #[arg(long, value_name = "NAME")]
    url_field: Option<String>,
    /// Holds the publisher [default: publisher, source, ...]
    #[arg(long, value_name = "NAME")]
    publisher_field: Option<String>,
}

impl FieldArgs {
    pub(crate) fn set(&self, config: &mut Config) {
        config.text_field.clone_from(&self.text_field);
        config.id_field.clone_from(&self.id_field);
        config.date_field.clone_from(&self.date_field);
        config.title_field.clone_from(&self.title_field);
        config.url_field.clone_from(&self.url_field);
        config.publisher_field.clone_from(&self.publisher_field);
    }
}
