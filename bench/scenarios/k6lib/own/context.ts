import { k6Env } from '../k6-env.ts';
import { b64decode } from 'k6/encoding';
import { note } from './trial.ts';

/** What stands in for k6's globals in one copy of a user's script: each target has a copy of its own. */
export interface Context {
  readonly env: Record<string, string>;
  open(path: string, mode?: 'b'): string | ArrayBuffer;
  resolve(path: string): string;
}

/** `files`: contents (base64) of what the script opens, where its folder is not at hand. */
export function contextOf(
  target: string,
  folder: string,
  files: Readonly<Record<string, string>>,
): Context {
  const urls = JSON.parse(k6Env('BENCH_TARGETS') ?? '{}') as Record<string, string>;
  const given = JSON.parse(k6Env('BENCH_SCRIPT_ENV') ?? '{}') as Record<string, string>;
  const base = urls[target] ?? '';
  const vantage = k6Env('BENCH_VANTAGE');
  const env: Record<string, string> = {
    ...given,
    ...{ TARGET_URL: base, BENCH_TARGET: target },
    ...(vantage === undefined ? {} : { BENCH_VANTAGE: vantage }),
  };
  const pathOf = (path: string) => pathIn(folder, path);
  return {
    env,
    open: (path, mode) => {
      const full = pathOf(path);
      note({ opened: full });
      const shipped = files[full];
      if (shipped !== undefined) return unpacked(shipped, mode);
      return mode === undefined ? open(full) : open(full, mode);
    },
    resolve: pathOf,
  };
}

/** Absolute, without `.` and `..`; addresses other than `file:` stay as they are. */
export function pathIn(folder: string, path: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(path) && !path.startsWith('file://')) return path;
  const local = path.startsWith('file://') ? decodeURIComponent(path.slice(7)) : path;
  const full = local.startsWith('/') ? local : `${folder}/${local}`;
  const parts: string[] = [];
  for (const part of full.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

function unpacked(base64: string, mode: 'b' | undefined): string | ArrayBuffer {
  return mode === 'b' ? b64decode(base64) : b64decode(base64, 'std', 's');
}
