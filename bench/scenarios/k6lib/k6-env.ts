/**
 * A variable of k6's own environment: the harness's settings. In the copies of users' scripts the bare `__ENV` is the
 * script's (`bench/k6/bundle/own-code.ts`), and what they are wrapped in must not read that one.
 */
export const k6Env = (name: string): string | undefined =>
  (globalThis as { __ENV?: Readonly<Record<string, string>> }).__ENV?.[name];
