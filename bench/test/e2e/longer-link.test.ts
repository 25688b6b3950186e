import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Manifest } from '../../samples/manifest.ts';
import { lowerDeciles } from '../support/lower-deciles.ts';
import { readRun, runFromParis } from '../support/run-from-paris.ts';

test('a second deployment with a longer link is calibrated, and slower by it', async () => {
  const running = await runFromParis([
    ...['--regions', 'cdg,ord', '--topologies', 'single-region,slow=single-region'],
    ...['--rtt', 'slow:cdg-ord=158.5', '--rounds', '2', '--duration', '20s'],
  ]);
  await running.ended;
  const { calibrations } = await readRun<Manifest>(running, 'manifest.json');
  expect(calibrations[0]?.links).toMatchObject([
    { wantedMs: 108.5 },
    { topology: 'slow', wantedMs: 158.5 },
  ]);
  const low = await lowerDeciles(join(running.folder, 'run'));
  const longer = low('slow', 'ord') - low('single-region', 'ord');
  expect(longer).toBeGreaterThan(30);
  expect(longer).toBeLessThan(90);
});
