/**
 * The line of a TOML text (from 1) where `key` stands: a path with dots, such as `bench.budgets.targets.mine.p95`.
 * Where a part of it is not found, or lies in an inline table, the line of the longest path that leads there.
 */
export function lineOfKey(text: string, key: string): number {
  let table = '';
  let best = { length: 0, line: 1 };
  for (const [index, line] of text.split('\n').entries()) {
    const header = /^\s*\[+\s*([^\]]+?)\s*\]/.exec(line)?.[1];
    if (header !== undefined) table = plain(header);
    const assigned = header === undefined ? /^\s*([^=#]+?)\s*=/.exec(line)?.[1] : '';
    if (assigned === undefined) continue;
    const path = assigned === '' ? table : [table, plain(assigned)].filter(Boolean).join('.');
    if (leadsTo(path, key) && path.length > best.length)
      best = { length: path.length, line: index + 1 };
  }
  return best.line;
}

const plain = (path: string): string => path.replace(/["'\s]/g, '');

const leadsTo = (path: string, key: string): boolean =>
  path !== '' && (key === path || key.startsWith(`${path}.`));
