//! What a training run or an experiment found, as tables and figures. Untrusted.

mod basin_map;
pub mod figure;
pub mod table;
