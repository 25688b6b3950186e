import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { asUser } from './as-user.ts';
import type { ServerUser } from './server-user.ts';

const run = promisify(execFile);

/** What came of trying a folder of Postgres programs. */
export type Probe =
  | { readonly runs: true; readonly major: number }
  | { readonly runs: false; readonly reason: string };

/** Tries whether the user can run the Postgres in the folder: programs may lack libraries, or be out of reach. */
export async function probe(
  bin: string,
  user: ServerUser | undefined,
  signal?: AbortSignal,
): Promise<Probe> {
  // initdb starts its fellow programs through a shell, within double quotes.
  if (/["$`\\\n]/.test(bin))
    return {
      runs: false,
      reason: 'initdb can not start programs from a path with ", $, ` or \\ in it',
    };
  try {
    const [postgres] = await Promise.all(
      ['postgres', 'initdb'].map((program) =>
        run(join(bin, program), ['--version'], {
          ...asUser(user),
          ...{ cwd: '/', timeout: 10_000, signal, killSignal: 'SIGKILL' as const },
        }),
      ),
    );
    return readVersion(postgres?.stdout ?? '');
  } catch (error) {
    return { runs: false, reason: reasonOf(error) };
  }
}

/** Reads `postgres (PostgreSQL) 18.4`. */
export function readVersion(text: string): Probe {
  const major = /\(PostgreSQL\) (\d+)/.exec(text)?.[1];
  return major === undefined
    ? { runs: false, reason: `it says "${text.trim()}" for its version` }
    : { runs: true, major: Number(major) };
}

/** What the program said on its last line, or else the system. */
function reasonOf(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  return stderr?.trim().split('\n').at(-1) || message;
}
