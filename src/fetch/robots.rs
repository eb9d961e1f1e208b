//! What sites ask of programs (RFC 9309).

use super::client::{Answer, Client, Fault, Validators};
use std::collections::BTreeMap;
use std::time::Duration;
use texting_robots::Robot;
use url::Url;

/// Longest pause that a site is granted.
const LONGEST_PAUSE: f32 = 60.0;

/// The rules of sites, fetched once a run.
#[derive(Default)]
pub(super) struct Robots {
    sites: BTreeMap<String, Rules>,
}

enum Rules {
    /// There are none.
    None,
    Some(Box<Robot>),
    /// They could not be read: nothing may be fetched (RFC 9309, 2.3.1.4).
    Unknown(String),
}

impl Robots {
    /// The pause that the site of `url` asks for, if the page may be fetched.
    pub(super) fn ask(&mut self, client: &Client<'_>, url: &str) -> Result<Option<Duration>, Fault> {
        let parsed = Url::parse(url).map_err(|e| Fault::Refused(format!("is no address: {e}")))?;
        let Ok(robots) = parsed.join("/robots.txt") else { return Ok(None) };
        let rules =
            self.sites.entry(robots.to_string()).or_insert_with(|| match client.get(robots.as_str(), &Validators::default(), None) {
                Ok(Answer::Fresh(found)) => {
                    let name = client.user_agent().split(['/', ' ']).next().unwrap_or_default();
                    Robot::new(name, &found.body).map_or(Rules::None, |robot| Rules::Some(Box::new(robot)))
                }
                Ok(Answer::Unchanged) => Rules::None,
                Err(Fault::Status(code)) if code < 500 && code != 429 => Rules::None,
                Err(fault) => Rules::Unknown(fault.to_string()),
            });
        match rules {
            Rules::None => Ok(None),
            Rules::Some(robot) if robot.allowed(url) => {
                Ok(robot.delay.map(|seconds| Duration::from_secs_f32(seconds.clamp(0.0, LONGEST_PAUSE))))
            }
            Rules::Some(_) => Err(Fault::Refused("may not be fetched, says the robots.txt of its site".to_owned())),
            Rules::Unknown(why) => Err(Fault::Failed(format!("was not fetched: the robots.txt of its site {why}"))),
        }
    }
}
