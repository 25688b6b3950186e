import { readFile } from 'node:fs/promises';

/** The time of the last whole row that k6 wrote, Unix µs; 0 if there is none. */
export async function lastRowUs(file: string): Promise<number> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const row =
    text
      .slice(0, Math.max(0, text.lastIndexOf('\n')))
      .split('\n')
      .at(-1) ?? '';
  return Number(row.split(',')[1]) || 0;
}
