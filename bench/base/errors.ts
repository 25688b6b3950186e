/**
 * Why the program stops:
 * `usage` the user's input, `fault` ours or the machine's, `untrustworthy` a measurement that must not be used,
 * `interrupted` the user asked for it. The exit code follows from it (`cli/exit-codes.ts`).
 */
export type ErrorKind = 'usage' | 'fault' | 'untrustworthy' | 'interrupted';

/** An error that stops the program and that a person can act on: one line what, one line what to do. */
export class BenchError extends Error {
  override readonly name = 'BenchError';
  readonly kind: ErrorKind;
  readonly fix: string;

  constructor(kind: ErrorKind, what: string, fix: string, options?: ErrorOptions) {
    super(what, options);
    this.kind = kind;
    this.fix = fix;
  }
}

/** One fault in what the user asked for; all of them are reported at once. */
export interface Problem {
  /** Where it was said: `--regions`, or `fly.bench.toml:12 [bench] regions`. */
  readonly where: string;
  readonly what: string;
  readonly fix: string;
}

/** Everything that is wrong with the user's input, together. */
export class ProblemsError extends BenchError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(
      'usage',
      problems.map((p) => `${p.where}: ${p.what}`).join('\n'),
      problems.map((p) => p.fix).join('\n'),
    );
    this.problems = problems;
  }
}

/** Something of ours could not be taken away: it goes on costing money, or stands in the way. */
export class LeftBehind extends BenchError {
  constructor(what: string, fix: string, options?: ErrorOptions) {
    super('fault', what, fix, options);
  }
}

/** The text of anything thrown; what the operating system says, in words and without its codes. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return messageOf(error.errors[0]);
  return error instanceof Error ? (systemWords(error) ?? error.message) : String(error);
}

/** `no such file or folder: x` for `ENOENT: no such file or directory, open 'x'`. */
function systemWords(error: Error & { code?: unknown; path?: unknown }): string | undefined {
  const words = typeof error.code === 'string' ? ofSystem.get(error.code) : undefined;
  // Whoever worded it already did not begin with the code.
  if (words === undefined || !new RegExp(`(^|\\s)${String(error.code)}\\b`).test(error.message))
    return undefined;
  return typeof error.path === 'string' ? `${words}: ${error.path}` : words;
}

const ofSystem = new Map([
  ['ENOENT', 'no such file or folder'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'not permitted'],
  ['EISDIR', 'a folder is in the place of a file'],
  ['ENOTDIR', 'a file is in the place of a folder'],
  ['EEXIST', 'it exists already'],
  ['ENOTEMPTY', 'the folder is not empty'],
  ['ENOSPC', 'no space is left on the disk'],
  ['EDQUOT', 'the quota of the disk is used up'],
  ['EROFS', 'the disk is read-only'],
  ['EMFILE', 'too many files are open'],
  ['ENAMETOOLONG', 'the path is too long'],
  ['ELOOP', 'links lead in a circle'],
  ['EADDRINUSE', 'the port is in use already'],
  ['EADDRNOTAVAIL', 'this machine has no such address'],
  ['ECONNREFUSED', 'connection refused'],
  ['ECONNRESET', 'connection reset'],
  ['EPIPE', 'the other side closed the connection'],
  ['ETIMEDOUT', 'timed out'],
  ['EHOSTUNREACH', 'host unreachable'],
  ['ENETUNREACH', 'network unreachable'],
  ['ENOTFOUND', 'no such host'],
  ['EAI_AGAIN', 'the name of the host can not be looked up at the moment'],
]);
