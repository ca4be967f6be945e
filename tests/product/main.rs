//! The program as a user meets it: commands, files, reports, data, certified minima.

#[path = "../support/command.rs"]
mod command;

mod certify;
mod cli;
mod data_files;
mod export;
mod files;
mod front_page;
mod known_minima;
mod prove;
mod reading;
mod reports;
mod schemas;
mod trained;
