//! The ledger: claims as data, in a language that a mathematician reads without a manual. Untrusted: what a claim file
//! means is the kernel's statement, which is printed.

pub mod experiment;
pub mod file;
pub mod lexer;
pub mod library;
pub mod parser;
pub mod predicates;
pub mod replace;
pub mod sentence;
pub mod source;
pub mod syntax;
pub mod terms;
pub mod theorems;
pub mod words;
