/** What of the script runs in this virtual user now; set before each iteration. */
interface Running {
  /** The base URL of the target. */
  base: string;
  /** The script's own scenario whose function runs, where it has several; else empty. */
  flow: string;
}

const shared = globalThis as typeof globalThis & { benchRunning?: Running };

/** One for all copies of a script, and for what runs them. */
export const running: Running = (shared.benchRunning ??= { base: '', flow: '' });
