//! Progress of the first look at the workspace, for clients that show it.

use lsp_types::{
    ProgressNotification, ProgressParams, ProgressToken, WorkDoneProgressCreateParams,
    WorkDoneProgressCreateRequest,
};
use serde_json::{Value, json};

use super::outbox::{Outbox, Question};

/// A piece of work that the client shows.
#[derive(Debug)]
pub struct Progress {
    token: &'static str,
    total: usize,
    percentage: usize,
}

impl Progress {
    /// Tells that the work has begun.
    pub fn begin(outbox: &mut Outbox) -> Progress {
        let progress = Progress {
            token: "dockworthy/scan",
            total: 0,
            percentage: 0,
        };
        let create = WorkDoneProgressCreateParams {
            token: ProgressToken::String(progress.token.to_owned()),
        };
        outbox.ask::<WorkDoneProgressCreateRequest>(create, Question::Other);
        progress.tell(
            outbox,
            json!({
                "kind": "begin",
                "title": "Linting Dockerfiles and Compose files",
                "cancellable": true,
                "percentage": 0,
            }),
        );
        progress
    }

    /// Tells how much is left to do, if that can be seen.
    pub fn report(&mut self, outbox: &Outbox, left: usize) {
        self.total = self.total.max(left);
        let percentage = (self.total - left) * 100 / self.total.max(1);
        if percentage > self.percentage {
            self.percentage = percentage;
            self.tell(
                outbox,
                json!({ "kind": "report", "percentage": percentage }),
            );
        }
    }

    /// Tells that the work is done.
    pub fn end(self, outbox: &Outbox, message: &str) {
        self.tell(outbox, json!({ "kind": "end", "message": message }));
    }

    /// Whether the client means this work.
    pub fn is(&self, token: &Value) -> bool {
        token == self.token
    }

    fn tell(&self, outbox: &Outbox, value: Value) {
        outbox.notify::<ProgressNotification>(ProgressParams {
            token: ProgressToken::String(self.token.to_owned()),
            value,
        });
    }
}
