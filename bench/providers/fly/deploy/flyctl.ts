import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { delimiter, dirname, join, resolve } from 'node:path';
import { childEnvironment } from '../../../base/child-environment.ts';
import { BenchError } from '../../../base/errors.ts';
import { appendOwn } from '../../../samples/append-own.ts';
import { redactor } from '../client/redact.ts';
import { flyToken } from '../client/access.ts';
import { trouble } from './trouble.ts';

/** What it gets beside what it needs of a person's environment. */
const own = { NO_COLOR: '1', FLY_NO_UPDATE_CHECK: '1' };

/** Runs commands of flyctl, one at a time. */
export interface Flyctl {
  /** What it printed on its standard output. Throws a BenchError if it fails, without any secret in it. */
  run(args: readonly string[], options?: FlyctlOptions): Promise<string>;
}

export interface FlyctlOptions {
  readonly input?: string;
  /** What must not be seen in errors and logs, beside the token. */
  readonly hide?: readonly string[];
  readonly signal?: AbortSignal;
}

/** The installed flyctl: FLYCTL, or else what PATH has. Throws (usage) if there is none. */
export function findFlyctl(env: NodeJS.ProcessEnv): string {
  const named = env['FLYCTL'] ?? '';
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates =
    named === ''
      ? ['flyctl', 'fly'].flatMap((name) => folders.map((folder) => join(folder, name)))
      : [named];
  const found = candidates.find(isProgram);
  // It is called in a folder of its own.
  if (found !== undefined) return resolve(found);
  throw new BenchError(
    'usage',
    named === '' ? 'There is no flyctl in PATH.' : `FLYCTL=${named} is not a program.`,
    'Install it (https://fly.io/docs/flyctl/install/), or say where it is: FLYCTL=/path/to/flyctl.',
  );
}

/**
 * A flyctl whose every word goes to the file `log`, without secrets. It runs in that file's folder, as it reads a
 * `fly.toml` of the folder that it is called in, and with no more of `env` than it needs.
 */
export function openFlyctl(program: string, env: NodeJS.ProcessEnv, log: string): Flyctl {
  return {
    run: async (args, { input = '', hide = [], signal } = {}) => {
      const redact = redactAll(env, hide);
      const command = redact(`fly ${args.join(' ')}`);
      const cwd = resolve(dirname(log));
      await mkdir(cwd, { recursive: true });
      const where = { cwd, env: childEnvironment('flyctl', own, env) };
      const { code, stdout, stderr } = await runProgram(program, args, where, input, signal);
      const said = redact(`${stdout}\n${stderr}`);
      await note(log, `$ ${command}\n${said.trim()}\n[${String(code)}]\n`);
      signal?.throwIfAborted();
      if (code !== 0) throw trouble(command, said, log);
      return stdout;
    },
  };
}

/** Takes out the token, what is to be hidden, and any password in a URL. */
function redactAll(env: NodeJS.ProcessEnv, hide: readonly string[]): (text: string) => string {
  const withoutToken = redactor(flyToken(env) ?? '');
  return (text) =>
    hide
      .reduce((left, secret) => left.replaceAll(secret, '[password]'), withoutToken(text))
      .replace(/(postgres(?:ql)?:\/\/[^:@\s/]+:)[^@\s]+@/g, '$1[password]@')
      .replace(/^(\s*Password:\s*)\S+/gim, '$1[password]');
}

async function note(log: string, text: string): Promise<void> {
  await appendOwn(log, text, 0o600);
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How long it has to end once it is interrupted, in ms: it tells Fly what it leaves undone. */
const graceMs = 15_000;

/** In a session of its own, so that Ctrl-C in the terminal reaches it once, through us. */
function runProgram(
  program: string,
  args: readonly string[],
  where: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
  input: string,
  signal: AbortSignal | undefined,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { detached: true, ...where });
    let deadline: NodeJS.Timeout | undefined;
    const interrupt = () => {
      child.kill('SIGINT');
      deadline = setTimeout(() => child.kill('SIGKILL'), graceMs);
    };
    if (signal?.aborted === true) interrupt();
    else signal?.addEventListener('abort', interrupt, { once: true });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
    // It may end without having read all of it.
    child.stdin.on('error', () => undefined).end(input);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(deadline);
      signal?.removeEventListener('abort', interrupt);
      resolve({ code, ...output });
    });
  });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
