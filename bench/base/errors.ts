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

/** The text of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
