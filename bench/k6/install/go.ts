import { tmpdir } from 'node:os';
import { childEnvironment } from '../../base/child-environment.ts';
import { runCommand } from './command.ts';
import type { K6Options } from './options.ts';

/** What k6's own go.mod asks for, and so does `bench/k6/build/go.mod` (a test says so). */
export const neededGo = '1.25.0';
/** Since this version, Go fetches a newer self if a module needs it and it may. */
const selfUpdating = '1.21.0';

/** Go's version, if it can build k6. Rejects with an Error that says why not. */
export async function checkGo({ env }: K6Options, signal: AbortSignal): Promise<string> {
  // Outside of any module, whose own toolchain would answer.
  const where = { cwd: tmpdir(), env: goEnvironment(env) };
  const run = (...args: string[]) => runCommand('go', args, where, signal);
  const { output } = await run('version').catch((error: unknown) => {
    signal.throwIfAborted();
    throw new Error('Go is not installed', { cause: error });
  });
  const version = goVersionIn(output);
  if (version === undefined) throw new Error(`the go on PATH is not Go: ${output.trim()}`);
  if (isAtLeast(version, neededGo)) return version;
  const mayUpdate =
    isAtLeast(version, selfUpdating) && (await run('env', 'GOTOOLCHAIN')).output.trim() !== 'local';
  if (!mayUpdate) throw new Error(`Go ${version} is too old, ${neededGo} is needed`);
  return version;
}

/**
 * The environment of Go: where it lies, where it keeps things and whom it asks for modules is the user's choice. What
 * would take its checks away, or run other programs in its place (GOFLAGS: -insecure, -toolexec, -overlay; GOSUMDB=off;
 * GOINSECURE), stays behind; so does what `go env -w` wrote, for which a variable set here is enough.
 */
export function goEnvironment(
  env: NodeJS.ProcessEnv,
  own: Readonly<Record<string, string | undefined>> = {},
): Record<string, string> {
  return childEnvironment('go', { ...checked, ...own }, env);
}

/** Go takes an empty variable for one that is not set, and looks into its file: hence names that match nothing. */
const checked = {
  GOFLAGS: '-mod=readonly',
  GOSUMDB: 'sum.golang.org',
  GONOSUMDB: 'none.invalid',
  GOINSECURE: 'none.invalid',
  GOPRIVATE: 'none.invalid',
  GONOPROXY: 'none.invalid',
};

/** `1.26.8` in `go version go1.26.8 linux/amd64`; undefined for a development version or anything else. */
export function goVersionIn(output: string): string | undefined {
  return /^go version go(\d+(?:\.\d+){1,2})/m.exec(output)?.[1];
}

export function isAtLeast(version: string, needed: string): boolean {
  const [a, b] = [version, needed].map((text) => text.split('.').map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
