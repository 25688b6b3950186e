import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatServerTiming, parseServerTiming, type TimingMetric } from './server-timing.ts';

const token = fc.stringMatching(/^[!#$%&'*+.^`|~\w-]{1,12}$/);
const metric: fc.Arbitrary<TimingMetric> = fc.record(
  {
    name: token,
    dur: fc.double({ min: 0, max: 3_600_000, noNaN: true }),
    desc: fc.string({ unit: 'grapheme', maxLength: 20 }),
  },
  { requiredKeys: ['name'] },
);

test('what was formatted is parsed back as it was', () => {
  fc.assert(
    fc.property(fc.array(metric), (metrics) => {
      expect(parseServerTiming(formatServerTiming(metrics))).toEqual(
        metrics.map((m) => (m.dur === undefined ? m : { ...m, dur: Math.abs(m.dur) })),
      );
    }),
  );
});

test.each(['1e308', '3600001', '-1', 'NaN', 'Infinity', '1e999', ''])(
  'a duration of %s is none',
  (dur) => {
    expect(parseServerTiming(`app;dur=${dur}`)).toEqual([{ name: 'app' }]);
  },
);

test('several headers joined are the metrics of each, one after the other', () => {
  fc.assert(
    fc.property(fc.array(metric, { minLength: 1 }), fc.array(metric, { minLength: 1 }), (a, b) => {
      const [one, two] = [formatServerTiming(a), formatServerTiming(b)];
      expect(parseServerTiming(`${one}, ${two}`)).toEqual([
        ...parseServerTiming(one),
        ...parseServerTiming(two),
      ]);
    }),
  );
});

test('no text makes it throw, nor gives a duration that is none, nor a name that is none', () => {
  const odd = fc.string({
    unit: fc.constantFrom('a', '"', ';', ',', '=', '\\', ' ', '.', '-', '1', 'dur', '\t'),
    maxLength: 40,
  });
  fc.assert(
    fc.property(fc.oneof(odd, fc.string()), (header) => {
      for (const { name, dur = 0 } of parseServerTiming(header)) {
        expect(name).toMatch(/^[^\s",;=\\]+$/);
        expect(dur >= 0 && dur < Infinity).toBe(true);
      }
    }),
  );
});

test.each<[string, TimingMetric[]]>([
  ['', []],
  [' , ;dur=1, =', []],
  ['db;dur=53', [{ name: 'db', dur: 53 }]],
  ['db;dur="12"', [{ name: 'db', dur: 12 }]],
  ['db ; DUR = 12.5 ; dEsC = x', [{ name: 'db', dur: 12.5, desc: 'x' }]],
  ['missedCache', [{ name: 'missedCache' }]],
  ['db;dur', [{ name: 'db' }]],
  ['db;dur=fast', [{ name: 'db' }]],
  ['db;dur=-3', [{ name: 'db' }]],
  ['db;dur=12ms', [{ name: 'db', dur: 12 }]],
  ['db;dur=1e2', [{ name: 'db', dur: 100 }]],
  ['db;dur=1;dur=2;desc=a;desc=b', [{ name: 'db', dur: 1, desc: 'a' }]],
  ['db;desc="a,b;c=\\"d\\\\";dur=1', [{ name: 'db', dur: 1, desc: 'a,b;c="d\\' }]],
  ['db;desc="x"rest;dur=1, v', [{ name: 'db', dur: 1, desc: 'x' }, { name: 'v' }]],
  ['db;desc="never closed, v;dur=1', [{ name: 'db', desc: 'never closed, v;dur=1' }]],
  ['a b;dur=1, v;dur=2', [{ name: 'v', dur: 2 }]],
  [
    'a;dur=1,a;dur=2',
    [
      { name: 'a', dur: 1 },
      { name: 'a', dur: 2 },
    ],
  ],
])('%s', (header, expected) => {
  expect(parseServerTiming(header)).toEqual(expected);
});
