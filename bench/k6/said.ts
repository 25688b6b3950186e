/** Iterations that have ended, from k6's line a second: `running (0m01.0s), 00/40 VUs, 20 complete and …`. */
export function iterationsIn(line: string): number | undefined {
  const iterations = /, (\d+) complete and/.exec(line)?.[1];
  return iterations === undefined ? undefined : Number(iterations);
}

/** The text of a line of k6's log; the whole line if it is none. */
export function messageIn(logLine: string): string {
  return /msg="((?:[^"\\]|\\.)*)"/.exec(logLine)?.[1] ?? logLine;
}
