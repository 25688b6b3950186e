import { describe, expect, test } from 'vitest';
import type { MapData } from '../page-data/map.ts';
import { mapCaption } from './map-caption.ts';
import { mapPicture } from './map-picture.ts';
import { slowest } from './slowest.ts';

/** Measured from cdg, ord and syd, where nothing came; `everywhere` has its database in fra. */
const data: MapData = {
  sites: [
    { code: 'cdg', city: 'Paris', x: 729, y: 165, place: 0 },
    { code: 'ord', x: 370, y: 192, place: 1 },
    { code: 'syd', x: 1325, y: 496, place: 2, gap: 'k6 was killed' },
    { code: 'fra', x: 755, y: 160 },
  ],
  placements: [
    { machines: [0], database: 0, replicas: [] },
    { machines: [0, 1], database: 3, replicas: [0] },
    null,
  ],
  cells: [
    [
      [
        { p50: 6, heat: 0, by: 0 },
        { p50: 5, heat: 0, by: 0 },
        { p50: 7, heat: 0 },
      ],
      [
        { p50: 116, heat: 4, by: 0 },
        { p50: 330, heat: 5, by: 1 },
        { p50: 8, heat: 0 },
      ],
      [{}, {}, {}],
    ],
  ],
};
const names = { targets: ['one', 'everywhere', 'url'], workloads: ['search'] };
const at = (target: number) => ({ table: 0, place: 1, target });

describe('the picture', () => {
  test('a line leads to whoever answered from elsewhere, in the colour of the cell', () => {
    const { arcs } = mapPicture(data, at(0));
    expect(arcs).toEqual([{ heat: 4, path: 'M370 192Q550 99 729 165' }]);
    expect(mapPicture(data, at(1)).arcs).toEqual([]);
  });

  test('a dashed line leads from a machine to its database, unless one stands beside it', () => {
    expect(mapPicture(data, at(0)).wires).toEqual([]);
    expect(mapPicture(data, at(1)).wires).toEqual(['M370 192Q563 91 755 160']);
  });

  test('what runs, what was measured and what is chosen are classes', () => {
    expect(mapPicture(data, at(1)).marks.map(({ classes }) => classes.join(' '))).toEqual([
      'has-app has-db replica is-vantage h0',
      'has-app is-vantage h5 selected',
      'is-vantage missing',
      'has-db',
    ]);
    expect(mapPicture(data, at(0)).marks[3]?.classes).toEqual(['idle']);
  });

  test('every mark says in words what it shows', () => {
    expect(mapPicture(data, at(0)).marks.map(({ label }) => label)).toEqual([
      'cdg, Paris: 6.00 ms, served by cdg',
      'ord: 116 ms, served by cdg',
      'syd: missing, k6 was killed',
      'fra: not measured from',
    ]);
    expect(mapPicture(data, at(2)).marks[1]?.label).toBe('ord: 8.00 ms');
  });

  test('a line over the Pacific leaves at one edge and comes in at the other', () => {
    const sjc = { code: 'sjc', x: 232, y: 211, place: 0 };
    const nrt = { code: 'nrt', x: 1279, y: 217, place: 1 };
    const pacific: MapData = {
      sites: [sjc, nrt],
      placements: [null],
      cells: [[[{ p50: 100, heat: 3, by: 1 }], [{ p50: 5, heat: 0, by: 1 }]]],
    };
    const [arc] = mapPicture(pacific, { table: 0, place: 0, target: 0 }).arcs;
    expect(arc?.path).toMatch(/^M232 211Q\d+ \d+ -161 217M1672 211Q\d+ \d+ 1279 217$/);
  });
});

test('of lines that lie upon each other, that of the selected vantage is on top', () => {
  const gru = { code: 'gru', x: 534, y: 454 };
  const shared: MapData = {
    sites: [
      { ...gru, place: 0 },
      { ...gru, name: 'gru (for scl)', place: 1 },
      { code: 'cdg', x: 729, y: 165 },
    ],
    placements: [null],
    cells: [[[{ p50: 190, heat: 4, by: 2 }], [{ p50: 210, heat: 5, by: 2 }]]],
  };
  const top = (place: number) =>
    mapPicture(shared, { table: 0, place, target: 0 }).arcs.map(({ heat }) => heat);
  expect([top(0), top(1)]).toEqual([
    [5, 4],
    [4, 5],
  ]);
});

test('the caption says what runs where, the extremes, and what is missing', () => {
  expect(mapCaption(data, names, at(0))).toBe(
    'one: app and database in cdg. Fastest in cdg (6.00 ms), slowest in ord (116 ms, served by cdg). syd is missing: k6 was killed.',
  );
  expect(mapCaption(data, names, at(1))).toMatch(
    /^everywhere: app in cdg and ord, database in fra, read replicas in cdg\. /,
  );
  expect(mapCaption(data, { ...names, workloads: ['search', 'browse'] }, at(1))).toContain(
    ' Requests: search. Fastest in cdg (5.00 ms), slowest in ord (330 ms).',
  );
  expect(mapCaption(data, names, at(2))).toMatch(/^url: nobody told where it runs; only/);
});

test('the slowest cell is the first to be about; nothing measured, the first one', () => {
  expect(slowest(data)).toEqual({ table: 0, place: 1, target: 1 });
  expect(slowest({ ...data, cells: [[[{}]]] })).toEqual({ table: 0, place: 0, target: 0 });
  expect(slowest(undefined)).toEqual({ table: 0, place: 0, target: 0 });
});
