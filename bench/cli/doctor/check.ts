/** What one look at the machine found. */
export interface Finding {
  readonly subject: string;
  readonly state: 'ok' | 'poor' | 'broken';
  readonly detail: string;
  /** What can't be found out, and should be known. */
  readonly note?: string;
  /** What to do; there unless all is well. */
  readonly fix?: string;
}

/** One look at the machine; it never throws, and ends what it began when the signal comes. */
export type Check = (env: NodeJS.ProcessEnv, signal: AbortSignal) => Promise<Finding>;
