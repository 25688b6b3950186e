import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Manifest } from '../../samples/manifest.ts';
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
  const summary = await readFile(join(running.folder, 'run', 'summary.csv'), 'utf8');
  const p50 = (target: string) =>
    Number(
      summary
        .split('\n')
        .find((line) => line.startsWith(`${target},ord,search,ttfb_warm,`))
        ?.split(',')[6],
    );
  expect(p50('slow') - p50('single-region')).toBeGreaterThan(30);
  expect(p50('slow') - p50('single-region')).toBeLessThan(90);
});
