import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { programFolder } from './guest-files.ts';
import { unpackSegment } from './unpack.ts';

const folder = mkdtempSync(join(tmpdir(), 'bench-pack-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Those of this machine; the guest has busybox's. */
const awks = [['awk'], ['mawk'], ['gawk'], ['busybox', 'awk']].filter(
  ([command = '', ...args]) => spawnSync(command, [...args, 'BEGIN {}']).status === 0,
);
const header = 'metric_name,timestamp,metric_value,error_code,status,extra_tags,metadata';

/** Packs rows (latin1) as a machine does; the text of every segment. */
function pack(
  csv: string,
  awk = awks[0] ?? ['awk'],
  limits: Record<string, number> = {},
): string[] {
  const dir = mkdtempSync(join(folder, 'run-'));
  const [command = '', ...args] = awk;
  const given = Object.entries({
    seal: `sh '${join(programFolder(), 'vantage.sh')}' seal 0`,
    ...limits,
  });
  const ran = spawnSync(
    command,
    [
      ...args,
      ...given.flatMap(([name, value]) => ['-v', `${name}=${value}`]),
      ...['-f', join(programFolder(), 'pack.awk')],
    ],
    { input: Buffer.from(csv, 'latin1'), env: { ...process.env, LC_ALL: 'C', BENCH_DIR: dir } },
  );
  expect(ran.stderr.toString()).toBe('');
  const rows = readFileSync(join(dir, 'rows.0'));
  let from = 0;
  return readFileSync(join(dir, 'index.0'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => Number(line.split(' ')[1]))
    .map((bytes) => gunzipSync(rows.subarray(from, (from += bytes))).toString('latin1'));
}

const unpack = (segments: readonly string[], shiftUs = 0): string =>
  segments.map((segment) => unpackSegment(segment, shiftUs)).join('');

/** Lines, with the tags and the metadata of unquoted rows in order. */
const inOrder = (csv: string): string[] =>
  csv.split('\n').map((line) =>
    line
      .split(',')
      .map((field, i) => (i < 5 || line.includes('"') ? field : field.split('&').sort().join('&')))
      .join(','),
  );

const text = fc.string({ unit: fc.constantFrom(...'aB é=&%0"\\;\'-\r'.split('')), maxLength: 6 });
const digits = fc.bigInt({ min: 0n, max: 10n ** 12n }).map(String);
const micros = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 3_000_000 }) },
  fc.constantFrom(0, 1_000_000, 250_000, 12_340_000, 999_999, 10_000_000_000),
);
const value = fc.oneof(
  { weight: 9, arbitrary: micros.map((us) => (us / 1e6).toFixed(6)) },
  digits.map((whole) => `${whole}.500000`),
  fc.constantFrom('-1.000000', 'NaN', '', '1', '1e+20', '007.000000', '.500000', '-0.000000'),
);
const at = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.integer({ min: 0, max: 30 }).map((n) => String(1_795_265_140_658_642 + n * 7)),
  },
  fc.constantFrom('1795265140', '1795265170658642', '9999999999999999', 'soon', ''),
);
const metric = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.constantFrom(
      ...['reqs', 'req_duration', 'req_sending', 'req_waiting', 'req_receiving'].map(
        (m) => `http_${m}`,
      ),
      ...['server_app_ms', 'vus', 'iterations'],
    ),
  },
  text,
);
const tags = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .shuffledSubarray(['target=one', 'scenario=search', 'round=0', 'step=a b'])
      .map((t) => t.join('&')),
  },
  text,
);
const origin = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 3 }), fc.boolean())
      .map(([vu, iter, turned]) => (turned ? `iter=${iter}&vu=${vu}` : `vu=${vu}&iter=${iter}`)),
  },
  fc.constantFrom(
    '',
    'iter=0',
    'vu=01&iter=2',
    'vu=1&iter=2&x=3',
    'vu=1&iter=',
    'vu=1=iter=2',
    'vu=1&vu=2',
  ),
);
const code = fc.constantFrom('', '', '', '1050', '200', '0');

/** RFC 4180, as Go writes it. */
const quoted = (field: string): string =>
  /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
const row = fc
  .tuple(
    metric,
    at,
    value,
    code,
    code,
    fc.oneof({ weight: 30, arbitrary: tags }, fc.constant('a\nb,1,"')),
    origin,
  )
  .map((fields) => fields.map(quoted).join(','));
/** A request as k6 writes it, whose duration is what it should be, or nearly. */
const request = fc
  .tuple(at, fc.tuple(micros, micros, micros), fc.constantFrom(0, 0, 0, 1), tags, origin)
  .map(([when, [sending, waiting, receiving], off, t, o]) =>
    [
      ['reqs', 1_000_000],
      ['req_duration', sending + waiting + receiving + off],
      ['req_sending', sending],
      ['req_waiting', waiting],
      ['req_receiving', receiving],
    ]
      .map(([m, us]) => `http_${m},${when},${(Number(us) / 1e6).toFixed(6)},,200,${quoted(t)},${o}`)
      .join('\n'),
  );
const csv = fc
  .array(fc.oneof(row, request, fc.constant('odd')), { maxLength: 40 })
  .map((rows) => Buffer.from([header, ...rows, ''].join('\n')).toString('latin1'));

test.each(awks.map((awk) => [awk.join(' '), awk] as const))(
  'what %s packed is unpacked the same, but for the order of tags',
  (_, awk) => {
    fc.assert(
      fc.property(csv, fc.constantFrom({}, { spanUs: 20 }, { maxBytes: 60 }), (rows, limits) => {
        expect(inOrder(unpack(pack(rows, awk, limits)))).toEqual(inOrder(rows));
      }),
      { numRuns: 60 },
    );
  },
);

test('all awks pack alike', () => {
  fc.assert(
    fc.property(csv, (rows) => {
      const [first, ...others] = awks.map((awk) => pack(rows, awk));
      for (const other of others) expect(other).toEqual(first);
    }),
    { numRuns: 20 },
  );
});

test('a duration is the sum of the last of each', () => {
  const parts = [
    ...[
      ['duration', '6.000001'],
      ['sending', '9.000000'],
      ['sending', '1.000001'],
    ],
    ...[
      ['waiting', '2.000000'],
      ['receiving', '3.000000'],
    ],
  ];
  const rows = parts.map(
    ([name = '', ms = '']) =>
      `http_req_${name},1795265140658642,${ms},,200,target=one,vu=1&iter=0\n`,
  );
  const all = `${header}\n${rows.join('')}`;
  const [segment = ''] = pack(all);
  expect(segment).toMatch(/^G\* 0td /m);
  expect(unpackSegment(segment)).toBe(all);
});

test('a file of other columns passes as it is', () => {
  const rows = 'metric_name,timestamp\nhttp_reqs,1795265140658642\n';
  expect(unpack(pack(rows))).toBe(rows);
});

test('times move by as much as they are told, also those of rows that pass as they are', () => {
  const rows = (us: number) =>
    [
      header,
      `bench_started_late_ms,${String(us)},2.000000,,,,iter=0`,
      `http_reqs,${String(us + 5)},1.000000,,200,target=one,vu=1&iter=0`,
      `"a, b",${String(us)},1.000000,,,,`,
      '',
    ].join('\n');
  const moved = unpack(pack(rows(1_795_265_140_658_642)), -1_500_000);
  // A metric whose name has to be quoted is none that k6 takes.
  expect(moved.split('\n').slice(0, 3)).toEqual(
    rows(1_795_265_139_158_642).split('\n').slice(0, 3),
  );
});

test('a segment closes after its span, and when it is large', () => {
  const at = 1_795_265_140_000_000;
  const rows = Array.from(
    { length: 300 },
    (_, i) =>
      `http_reqs,${String(at + i * 100_000)},1.000000,,200,target=one,vu=1&iter=${String(i)}\n`,
  );
  const all = `${header}\n${rows.join('')}`;
  expect(pack(all)).toHaveLength(3);
  const small = pack(all, awks[0], { maxBytes: 400 });
  expect(small.length).toBeGreaterThan(8);
  expect(Math.max(...small.map((segment) => segment.length))).toBeLessThan(800);
  expect(unpack(small)).toBe(all);
});

test('nothing is guessed from a segment that is damaged', () => {
  expect(() => unpackSegment('G= 0.1\n0 1\n')).toThrow(/make no sense/);
  expect(() => unpackSegment('3 1 2\n')).toThrow(/make no sense/);
});
