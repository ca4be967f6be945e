//! The claim language and its judges: statements, prints, neighbours that stay unproved, Coq.

#[path = "../support/command.rs"]
mod command;
#[path = "../support/coqc.rs"]
mod coqc;
#[path = "../support/generate.rs"]
mod generate;
#[path = "../support/reader.rs"]
mod reader;

mod coq;
mod hypotheses;
mod judges;
mod kinds;
mod language;
mod neighbours;
mod prints;
mod statements;
