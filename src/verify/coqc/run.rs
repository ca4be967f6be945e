//! Running the programs of Coq within limits of time, memory and output. Untrusted.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// Most memory of a run, where `sh` can limit it.
const MEMORY_KIB: u64 = 4 << 20;
/// Most bytes of a file that a run writes, in blocks of 512, where `sh` can limit it.
const FILE_BLOCKS: u64 = 1 << 20;
/// Most bytes that are read of what a run prints.
const PRINTED_BYTES: u64 = 16 << 20;
/// Most characters of an error of Coq that are passed on.
const ERROR_CHARACTERS: usize = 600;
/// Time between two looks at a run.
const PAUSE: Duration = Duration::from_millis(10);

/// A folder to run in and the longest time of each run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Confinement<'f> {
    /// Where the files are.
    pub(super) folder: &'f Path,
    /// An empty folder: whatever the user has at home takes no part.
    pub(super) home: &'f Path,
    /// The longest time.
    pub(super) seconds: u64,
}

impl Confinement<'_> {
    /// What the program prints, its error stream behind it, if it succeeds.
    ///
    /// # Errors
    /// In words: it cannot be run, it took too long, or what it says on its error stream.
    pub(super) fn run<A: AsRef<OsStr>>(
        &self,
        program: &str,
        arguments: &[A],
    ) -> Result<String, String> {
        let wrong = |error: std::io::Error| format!("{program} cannot be run: {error}");
        let mut printed = tempfile::tempfile().map_err(wrong)?;
        let mut complaint = tempfile::tempfile().map_err(wrong)?;
        let mut command = limited(program);
        command
            .args(arguments)
            .current_dir(self.folder)
            .env_remove("COQPATH")
            .env_remove("ROCQPATH")
            .env("HOME", self.home)
            .env("XDG_DATA_HOME", self.home)
            .env("XDG_DATA_DIRS", self.home)
            .env("XDG_CONFIG_HOME", self.home)
            .stdin(Stdio::null())
            .stdout(printed.try_clone().map_err(wrong)?)
            .stderr(complaint.try_clone().map_err(wrong)?);
        let mut child = command.spawn().map_err(wrong)?;
        let status = wait(&mut child, Duration::from_secs(self.seconds)).map_err(wrong)?;
        let Some(status) = status else {
            return Err(format!(
                "{program} did not end within {} s, the limit that `--coq-seconds` sets",
                self.seconds
            ));
        };
        if status.success() {
            let out = content(&mut printed).map_err(wrong)?;
            return Ok(out + &content(&mut complaint).map_err(wrong)?);
        }
        let said = one_line(&content(&mut complaint).map_err(wrong)?);
        if said.is_empty() {
            Err(format!(
                "{program} ended without a word ({status}); a run has at most {} GiB of memory",
                MEMORY_KIB >> 20
            ))
        } else {
            Err(format!("{program} says: {said}"))
        }
    }
}

/// The program, within the limits of memory and of file length that `sh` can set.
fn limited(program: &str) -> Command {
    if !cfg!(unix) {
        return Command::new(program);
    }
    let script = format!(
        "ulimit -v {MEMORY_KIB} 2>/dev/null; ulimit -f {FILE_BLOCKS} 2>/dev/null; exec \"$@\""
    );
    let mut command = Command::new("sh");
    command.args(["-c", &script, "sh", program]);
    command
}

/// How it ended, unless it took too long; then it is stopped.
fn wait(child: &mut Child, limit: Duration) -> std::io::Result<Option<ExitStatus>> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if start.elapsed() >= limit {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        std::thread::sleep(PAUSE);
    }
}

fn content(file: &mut File) -> std::io::Result<String> {
    file.seek(SeekFrom::Start(0))?;
    let mut bytes = Vec::new();
    file.take(PRINTED_BYTES).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The words on one line, without control characters, and not too many.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    let line = words.join(" ");
    match line.char_indices().nth(ERROR_CHARACTERS) {
        Some((end, _)) => format!("{} …", line.get(..end).unwrap_or_default()),
        None => line,
    }
}
