use super::super::sexp::{ReadError, Sexp};
/// x
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {}
/// x
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {}
/// x
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection {}
impl std::fmt::Display for Statement { fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { Ok(()) } }
/// x
pub fn check(s: &Statement, _: &Evidence) -> Result<(), Rejection> { match *s {} }
impl Statement { /// x
pub fn read(s: &Sexp<'_>) -> Result<Self, ReadError> { Err(s.unknown()) } }
impl Evidence { /// x
pub fn read(s: &Sexp<'_>) -> Result<Self, ReadError> { Err(s.unknown()) } }
