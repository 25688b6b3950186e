import { closeSync, openSync } from 'node:fs';
import { isatty } from 'node:tty';

const standard = [0, 1, 2] as const;

/**
 * Lets the process end in order when its terminal has gone: as it ends, Node sets every terminal that it was started with
 * back to what it was, and aborts (SIGABRT, with a core file) where that fails. Call it at the start.
 */
export function leaveTerminalOnExit(): void {
  const terminals = standard.filter((fd) => isatty(fd));
  process.on('exit', () => {
    for (const fd of terminals) if (!isatty(fd)) replace(fd);
  });
}

/** The lowest number that is free is the one that is given next. */
function replace(fd: number): void {
  try {
    closeSync(fd);
    openSync('/dev/null', 'r+');
  } catch {
    // Closed by somebody else: then Node leaves it alone too.
  }
}
