import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { isUntrustworthy } from '../../../base/distrust.ts';
import { parseLinks } from '../../../samples/links.ts';
import type { Manifest } from '../../../samples/manifest.ts';
import type { Outcomes } from '../../../samples/outcome.ts';
import { startBench } from '../../support/bench.ts';
import { descendantsOf } from '../../support/processes.ts';

/** A round takes about 4 s and is judged by the 8 s around it: within this long one of them is hit whole. */
const stoppedMs = 14_000;
/** So many that the ones that are hit are not most of them: those would not be measured again. */
const rounds = 12;

test('a round in which the network stood still does not count where its link was crossed', async () => {
  const running = await startBench([
    ...['run', '--regions', 'cdg,ord', '--topologies', 'single-region'],
    ...['--rounds', String(rounds), '--out', 'run'],
  ]);
  await running.says(/round [2-5]\//);
  const network = descendantsOf(running.pid).find(({ command }) =>
    command.includes('dist/network.mjs'),
  );
  if (network === undefined) throw new Error('no network process');
  process.kill(network.pid, 'SIGSTOP');
  try {
    await sleep(stoppedMs);
  } finally {
    process.kill(network.pid, 'SIGCONT');
  }
  const { code, stdout } = await running.ended;

  const read = async (file: string) => readFile(join(running.folder, 'run', file), 'utf8');
  const { warnings } = JSON.parse(await read('manifest.json')) as Manifest;
  const { blocks } = JSON.parse(await read('outcomes.json')) as Outcomes;
  const spoilt = blocks.filter(({ reason = '' }) => reason.startsWith('a link was off'));
  expect(new Set(spoilt.map(({ vantage }) => vantage))).toEqual(new Set(['ord']));
  expect(warnings.filter(({ code }) => code === 'link-off')).toMatchObject([
    { vantages: ['ord'], rounds: spoilt.map(({ round }) => round) },
  ]);
  const late = parseLinks(await read('links.csv')).filter(({ rttMs = Infinity }) => rttMs > 1000);
  expect(late.length).toBeGreaterThan(3);
  // What was lost is measured again, unless it is most of the run; a run that lacks too much says so first.
  const lost = ['cdg', 'ord'].map(
    (vantage) => blocks.filter((b) => b.vantage === vantage && b.round < rounds && !b.valid).length,
  );
  expect(blocks.length > 2 * rounds).toBe(lost.some((n) => n > 0 && n <= rounds / 2));
  const doubtful = warnings.some(isUntrustworthy);
  expect(code).toBe(doubtful ? 3 : 0);
  expect(stdout.startsWith('This run is not trustworthy, as ')).toBe(doubtful);
});
