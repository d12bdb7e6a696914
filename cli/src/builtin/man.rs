//! Man pages: one of the program, of each of its groups, and of each operation.

use std::path::Path;

use crate::failure::{Ending, Failure};
use crate::index::Index;
use crate::line;
use crate::program::Program;
use crate::style;

pub(super) fn write(program: &'static Program, folder: &str) -> Result<(), Ending> {
    let command = line::whole(program, &Index::new(program.catalogs));
    let failed = |error| Failure::file(&format!("the man pages cannot be written to {folder}"), &error);
    std::fs::create_dir_all(Path::new(folder)).map_err(failed)?;
    clap_mangen::generate_to(command, folder).map_err(failed)?;
    style::error_line(&format!("man pages written to {folder}"));
    Ok(())
}
