//! The text of statements and evidence about training sets, as the kernel reads it. UNTRUSTED.

use super::certificate::Writer;
use super::surface;
use crate::kernel::surface::{Evidence, Statement};

/// A statement.
pub fn statement(writer: &mut Writer, statement: &Statement) {
    writer.word(surface::write::statement(statement));
}

/// Evidence.
pub fn evidence(writer: &mut Writer, evidence: &Evidence) {
    writer.word(surface::write::evidence(evidence));
}
