//! The text of statements and evidence about training sets, as the kernel reads it. UNTRUSTED.

use super::certificate::Writer;
use crate::kernel::surface::{Evidence, Statement};

/// A statement.
pub fn statement(writer: &mut Writer, statement: &Statement) {
    let _ = (writer, statement);
}

/// Evidence.
pub fn evidence(writer: &mut Writer, evidence: &Evidence) {
    let _ = (writer, evidence);
}
