//! Ctrl-C: the first ends the work and leaves what was decided so far, the second ends the program.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// The exit status of a program that an interrupt ended.
pub(super) const EXIT: u8 = 130;

/// Set by the first Ctrl-C.
static REQUESTED: AtomicBool = AtomicBool::new(false);

/// Between looks for an interrupt.
const LOOK: Duration = Duration::from_millis(20);

/// Stack of the thread that works.
const STACK_BYTES: usize = 256 << 20;

/// From now on the first Ctrl-C is a request, which [`requested`] tells.
pub(super) fn listen() {
    #[allow(
        clippy::exit,
        reason = "the second Ctrl-C: the work that is under way is given up"
    )]
    let handler = || {
        if REQUESTED.swap(true, Ordering::Relaxed) {
            std::process::exit(EXIT.into());
        }
    };
    // Where no handler can be set, Ctrl-C ends the process as it always does.
    let _ = ctrlc::set_handler(handler);
}

/// Whether Ctrl-C was pressed.
pub(super) fn requested() -> bool {
    REQUESTED.load(Ordering::Relaxed)
}

/// Works on a thread of its own; `None` as soon as Ctrl-C is pressed. The thread then ends with the process.
///
/// # Errors
/// Where the machine has no room for another thread.
pub(super) fn unless_requested<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> std::io::Result<Option<T>> {
    listen();
    let (sender, receiver) = channel();
    let thread = std::thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(move || {
            let _ = sender.send(work());
        })?;
    loop {
        match receiver.recv_timeout(LOOK) {
            Ok(result) => return Ok(Some(result)),
            Err(RecvTimeoutError::Timeout) if requested() => return Ok(None),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => match thread.join() {
                Err(panic) => std::panic::resume_unwind(panic),
                Ok(()) => return Ok(None),
            },
        }
    }
}
