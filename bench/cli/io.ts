import { createColors } from 'picocolors';

/** The command's whole contact with the outside: results to `out`, everything else to `err`. */
export interface Io {
  readonly out: NodeJS.WriteStream;
  readonly err: NodeJS.WriteStream;
  readonly env: NodeJS.ProcessEnv;
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  /** Ends with standard input; for commands that stay up for a parent process. */
  readonly input: NodeJS.ReadStream;
}

export type Colors = ReturnType<typeof createColors>;

/** Colours for a stream: never with NO_COLOR or without a terminal, unless FORCE_COLOR says so. */
export function colorsFor(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Colors {
  if ((env['NO_COLOR'] ?? '') !== '') return createColors(false);
  if ((env['FORCE_COLOR'] ?? '') !== '') return createColors(env['FORCE_COLOR'] !== '0');
  return createColors(stream.isTTY && env['TERM'] !== 'dumb');
}

/** A display that moves only makes sense for a person at a terminal. */
export function isInteractive(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): boolean {
  return stream.isTTY && env['TERM'] !== 'dumb' && (env['CI'] ?? '') === '';
}

/** Width to write for: the terminal's, or 100 characters where there is none, or it does not say. */
export function columnsOf(stream: NodeJS.WriteStream): number {
  return stream.isTTY && stream.columns > 0 ? stream.columns : 100;
}
