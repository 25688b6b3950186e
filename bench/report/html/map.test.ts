import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { geographyOf } from '../../cli/load-report/geography.ts';
import { readRun, writeSyntheticRun } from '../../test/support/synthetic-run.ts';
import type { Geography } from '../map/geography.ts';
import { buildModel, type ReportInput } from '../model.ts';
import { mapData } from '../page-data/map.ts';
import { mapSection } from './map.ts';

let root: string;
let input: ReportInput;
let geography: Geography;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'map-'));
  input = await readRun(await writeSyntheticRun(join(root, 'run')));
  geography = geographyOf(input.manifest);
});
afterAll(() => rm(root, { recursive: true }));

test('a run whose regions nobody knows has no map', () => {
  expect(mapSection(buildModel(input))).toBeUndefined();
});

test('a region that nobody knows is named below the map', () => {
  const known = new Map([...geography.coordinates].filter(([code]) => code !== 'scl'));
  const model = buildModel(input, { geography: { ...geography, coordinates: known } });
  expect(mapData(model).sites.map(({ code }) => code)).toEqual(['cdg', 'ord', 'syd']);
  const source = mapSection(model)?.source ?? '';
  expect(source.replace(/\s+/g, ' ')).toContain('nobody knows where it is: scl.');
  expect(source.match(/<button type="button" class="site"/g)).toHaveLength(3);
});

test('every cell of the heat map is on the map, with who answered', () => {
  const model = buildModel(input, { geography });
  const { cells, placements, sites } = mapData(model);
  const [first] = model.tables;
  for (const [place, { cells: row }] of first.rows.entries())
    for (const [target, { result, heat }] of row.entries()) {
      const shown = cells[0]?.[place]?.[target];
      expect(shown?.p50).toBe(result.summary.p50?.centre);
      expect(shown?.heat).toBe(heat);
      expect(sites[shown?.by ?? -1]?.code).toBe(result.server.region);
    }
  expect(placements[0]).toEqual({ machines: [0], database: 0, replicas: [] });
  expect(placements[2]).toEqual({ machines: [0, 1, 2, 3], database: 0, replicas: [1, 2, 3] });
});

test('the table says what runs where', () => {
  const source = mapSection(buildModel(input, { geography }))?.source ?? '';
  const [placed = ''] = source.split('</table>');
  const cells = [...placed.matchAll(/<td class="text">([^<]*)<\/td>/g)].map(([, text]) => text);
  expect(cells).toEqual([
    ...['app, database', 'app, database', 'app, database'],
    ...['–', 'app', 'app, read replica'],
    ...['–', 'app', 'app, read replica'],
    ...['–', 'app', 'app, read replica'],
  ]);
});
