import { execFile } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { changeableBy } from '../../base/changeable.ts';
import { childEnvironment } from '../../base/child-environment.ts';
import { cachedBinary } from './places.ts';
import type { K6Options } from './options.ts';
import { versionIn } from './version.ts';

/** What is at a path. */
export type Answer =
  | { readonly state: 'absent' }
  | { readonly state: 'not-executable' }
  /** Others than this user could have put it there. */
  | { readonly state: 'changeable'; readonly reason: string }
  | { readonly state: 'not-k6'; readonly reason: string }
  | { readonly state: 'k6'; readonly version: string };

/** One place that was looked at. */
export interface Probe {
  readonly place: 'K6_PATH' | 'PATH' | 'cache';
  readonly path: string;
  readonly answer: Answer;
}

/** Looks at every place that counts: K6_PATH alone if it is set, otherwise PATH and the cache. */
export async function probePlaces(options: K6Options): Promise<Probe[]> {
  const asked = options.env['K6_PATH'];
  if (asked !== undefined && asked !== '') {
    const path = resolve(asked);
    return [{ place: 'K6_PATH', path, answer: await probe(path, options.signal) }];
  }
  const onPath = await findOnPath(options.env['PATH'] ?? '');
  const cached = cachedBinary(options);
  return [
    ...(onPath === undefined
      ? []
      : [{ place: 'PATH' as const, path: onPath, answer: await probe(onPath, options.signal) }]),
    { place: 'cache', path: cached, answer: await probeOwn(cached, options.signal) },
  ];
}

/** Nobody chose what lies in the cache: it is run only if nobody else can have put it there. */
async function probeOwn(path: string, signal: AbortSignal | undefined): Promise<Answer> {
  const reason = await changeableBy(path);
  return reason === undefined ? probe(path, signal) : { state: 'changeable', reason };
}

/** Asks the binary for its version, which also shows that it is whole; takes 30 ms. */
export async function probe(path: string, signal?: AbortSignal): Promise<Answer> {
  if (
    !(await stat(path).then(
      (found) => found.isFile(),
      () => false,
    ))
  )
    return { state: 'absent' };
  if (!(await isExecutable(path))) return { state: 'not-executable' };
  return new Promise((done) => {
    execFile(
      path,
      ['version'],
      { timeout: 10_000, signal, killSignal: 'SIGKILL', env: childEnvironment('tool') },
      (error, stdout) => {
        const version = versionIn(stdout);
        if (version !== undefined && error === null) done({ state: 'k6', version });
        else
          done({
            state: 'not-k6',
            reason: error === null ? 'it prints no k6 version' : firstLine(error.message),
          });
      },
    );
  });
}

async function findOnPath(searchPath: string): Promise<string | undefined> {
  for (const folder of searchPath.split(delimiter).filter((folder) => folder !== '')) {
    const path = join(folder, 'k6');
    const isFile = await stat(path).then(
      (found) => found.isFile(),
      () => false,
    );
    if (isFile && (await isExecutable(path))) return path;
  }
  return undefined;
}

function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

const firstLine = (text: string): string => text.split('\n')[0] ?? '';
