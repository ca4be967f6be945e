//! The text of statements and evidence about training sets, as the kernel reads it. UNTRUSTED.

use super::certificate::Writer;
use crate::kernel::surface::{Evidence, Statement};

/// A statement.
pub fn statement(_writer: &mut Writer, statement: &Statement) {
    match *statement {}
}

/// Evidence.
pub fn evidence(_writer: &mut Writer, evidence: &Evidence) {
    match *evidence {}
}
