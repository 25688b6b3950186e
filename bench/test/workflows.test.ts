import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../base/package-root.ts';

const folder = join(packageRoot(), '.github', 'workflows');
const uses = readdirSync(folder).flatMap((file) =>
  readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .filter((line) => /^\s*(- )?uses:/.test(line))
    .map((line) => `${file}: ${line.trim().replace(/^- /, '')}`),
);

test('every action is pinned by the SHA of a commit, with its version beside it', () => {
  expect(uses.length).toBeGreaterThan(5);
  // A tag can be moved to other code after it was reviewed.
  const pinned = /: uses: [\w.-]+(?:\/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
  expect(uses.filter((line) => !pinned.test(line))).toEqual([]);
});

test('an action has one version everywhere', () => {
  const refs = new Map<string, Set<string>>();
  for (const line of uses) {
    const [, action = '', ref = ''] = /uses: ([^/]+\/[^/@]+)[^@]*@(.*)$/.exec(line) ?? [];
    refs.set(action, (refs.get(action) ?? new Set()).add(ref));
  }
  expect([...refs].filter(([, each]) => each.size > 1)).toEqual([]);
});
