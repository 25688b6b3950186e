import { randomBytes } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureK6 } from '../../k6/install.ts';

const header = 'metric_name,timestamp,metric_value,error_code,status,extra_tags,metadata\n';

/** So many megabytes of rows that mean nothing and do not get much smaller by packing. */
export function rowsOf(megabytes: number): string {
  const line = () => `x,"${randomBytes(7500).toString('base64')}",\n`;
  return header + Array.from({ length: Math.round(100 * megabytes) }, line).join('');
}

/**
 * Writes a program to the folder that stands for k6 where it measures, and only there: it gives the rows of the file
 * `rows` in that folder as its own, at once. Its path.
 */
export async function pretendedK6(folder: string): Promise<string> {
  const { path } = await ensureK6(
    { note: () => undefined, progress: () => undefined },
    new AbortController().signal,
  );
  const k6 = join(folder, 'k6');
  writeFileSync(
    k6,
    `#!/bin/sh
case "$*" in *put.js) exec '${path}' "$@" ;; esac
exec cat '${join(folder, 'rows')}' >"$K6_CSV_FILENAME"
`,
  );
  chmodSync(k6, 0o755);
  return k6;
}
