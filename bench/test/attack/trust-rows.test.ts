import { appendFile, cp, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Manifest } from '../../samples/manifest.ts';
import type { Outcomes } from '../../samples/outcome.ts';
import { benchHere } from '../support/bench-here.ts';
import { writeSyntheticRun } from '../support/synthetic-run.ts';

const shape = { targets: ['pinned', 'twin'], vantages: ['cdg', 'syd'], perBlock: 25 };

let root = '';
let budgets = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'attack-rows-'));
  budgets = join(root, 'budgets.toml');
  await writeFile(budgets, '[bench.budgets]\np50 = 500\n');
  for (const [i, name] of ['sound', 'night-1', 'night-2'].entries())
    await writeSyntheticRun(join(root, name), { ...shape, seed: 1 + i, runId: name });
});
afterAll(() => rm(root, { recursive: true }));

const at = (dir: string, name = 'samples/syd.csv.gz') => join(dir, name);
const rowsOf = async (dir: string) =>
  gunzipSync(await readFile(at(dir)))
    .toString()
    .trimEnd()
    .split('\n');
const pack = (dir: string, rows: readonly string[]) =>
  writeFile(at(dir), gzipSync(`${rows.join('\n')}\n`));

/** Takes the records of what the files held away, as a run of an older version has none. */
async function forgetDigests(dir: string): Promise<void> {
  const manifest = JSON.parse(await readFile(at(dir, 'manifest.json'), 'utf8')) as Manifest;
  await writeFile(at(dir, 'manifest.json'), JSON.stringify({ ...manifest, files: undefined }));
}

async function editOutcomes(
  dir: string,
  edit: (block: Outcomes['blocks'][number]) => Outcomes['blocks'][number],
): Promise<void> {
  const { blocks } = JSON.parse(await readFile(at(dir, 'outcomes.json'), 'utf8')) as Outcomes;
  await writeFile(at(dir, 'outcomes.json'), JSON.stringify({ blocks: blocks.map(edit) }));
}

interface Doctored {
  readonly name: string;
  readonly doctor: (dir: string) => Promise<unknown>;
  readonly file?: string;
}

/** Every one is noticed without any record too: by counting. */
const miscounted: readonly Doctored[] = [
  {
    name: 'rows written twice',
    doctor: async (dir) => {
      const [header = '', ...rows] = await rowsOf(dir);
      await pack(dir, [header, ...rows, ...rows]);
    },
  },
  {
    name: 'half of the rows',
    doctor: async (dir) => {
      const rows = await rowsOf(dir);
      await pack(dir, rows.slice(0, rows.length / 2));
    },
  },
  {
    name: 'the rows of one target under the name of another',
    doctor: async (dir) => {
      const rows = await rowsOf(dir);
      await pack(
        dir,
        rows.map((row) => row.replace('bench_target=twin', 'bench_target=pinned')),
      );
    },
  },
  {
    name: 'a further gzip member',
    doctor: async (dir) => {
      const [, ...rows] = await rowsOf(dir);
      await appendFile(at(dir), gzipSync(`${rows.slice(0, 2400).join('\n')}\n`));
    },
  },
  {
    name: 'outcomes that claim more',
    doctor: (dir) => editOutcomes(dir, (block) => ({ ...block, kept: block.kept + 1 })),
    file: 'samples/',
  },
];

const changed: readonly Doctored[] = [
  ...miscounted,
  {
    name: 'the file of another region',
    doctor: (dir) => cp(at(dir, 'samples/cdg.csv.gz'), at(dir)),
  },
  {
    name: 'faster rows',
    doctor: async (dir) => {
      const rows = await rowsOf(dir);
      await pack(
        dir,
        rows.map((row) =>
          row.replace(/^(http_req_waiting,\d+,)([\d.]+)/, (_, head: string, ms: string) =>
            head.concat((Number(ms) / 2).toFixed(6)),
          ),
        ),
      );
    },
  },
  {
    name: 'rows in another order',
    doctor: async (dir) => {
      const [header = '', ...rows] = await rowsOf(dir);
      const requests = Array.from({ length: rows.length / 12 }, (_, i) =>
        rows.slice(12 * i, 12 * i + 12),
      );
      await pack(dir, [header, ...requests.reverse().flat()]);
    },
  },
  { name: 'bytes behind the end', doctor: (dir) => appendFile(at(dir), 'garbage'.repeat(100)) },
  {
    name: 'the same rows packed again',
    doctor: async (dir) => {
      const bytes = gunzipSync(await readFile(at(dir)));
      await writeFile(at(dir), gzipSync(bytes, { level: 9 }));
    },
  },
  {
    name: 'a round that counts no more',
    doctor: (dir) =>
      editOutcomes(dir, (block) => (block.round === 3 ? { ...block, valid: false } : block)),
    file: 'outcomes.json',
  },
  {
    name: 'links that were added',
    doctor: (dir) => writeFile(at(dir, 'links.csv'), 'topology,from,to,at_us,rtt_ms\n'),
    file: 'links.csv',
  },
  {
    name: 'another script',
    doctor: (dir) => writeFile(at(dir, 'scenarios.js'), 'export default () => {}'),
    file: 'scenarios.js',
  },
];

async function doctored({ name, doctor }: Doctored, more = ''): Promise<string> {
  const dir = join(root, `${name}${more}`.replaceAll(' ', '-'));
  await cp(join(root, 'sound'), dir, { recursive: true });
  await doctor(dir);
  return dir;
}

/** Every command that gives figures of a run, in every form that has room for a sentence. */
const commands = {
  text: (dir: string) => ['report', dir, '--format', 'text'],
  markdown: (dir: string) => ['report', dir, '--format', 'markdown'],
  page: (dir: string) => ['report', dir, '--format', 'html'],
  csv: (dir: string) => ['report', dir, '--format', 'csv'],
  export: (dir: string) => ['export', dir],
  openmetrics: (dir: string) => ['export', dir, '--format', 'openmetrics'],
  explain: (dir: string) => ['explain', dir],
  compare: (dir: string) => ['compare', dir],
  'compare with another': (dir: string) => ['compare', join(root, 'night-1'), dir],
} as const;

const plainText = ({ stdout, stderr }: { stdout: string; stderr: string }) =>
  `${stdout}\n${stderr}`.replaceAll(/[\s>*\\]+/g, ' ');

describe.each(changed.map((each) => [each.name, each] as const))('a run with %s', (_, each) => {
  let dir = '';
  beforeAll(async () => (dir = await doctored(each)));

  test('passes no gate and is no baseline', async () => {
    const gate = await benchHere(['gate', dir, '--config', budgets]);
    expect(gate.code).toBe(3);
    expect(plainText(gate)).toContain(`not trustworthy, as ${each.file ?? 'samples/syd.csv.gz'}`);
    const accepted = join(dir, 'accepted');
    const accept = await benchHere(['gate', dir, '--accept', '--baseline', accepted]);
    // What breaks off is refused as incomplete.
    expect([2, 3]).toContain(accept.code);
    expect(accept.stderr).toMatch(/not trustworthy enough|An incomplete run is no baseline/);
  });

  test('is told by the report as data', async () => {
    const { stdout } = await benchHere(['report', dir, '--format', 'json']);
    const { trustworthy, notice } = JSON.parse(stdout) as { trustworthy: boolean; notice: string };
    expect({ trustworthy, notice }).toEqual({
      trustworthy: false,
      notice: expect.stringContaining(each.file ?? 'samples/syd.csv.gz') as string,
    });
  });
});

test.each(Object.entries(commands))('%s says that rows were doctored', async (_, command) => {
  const [first] = miscounted as [Doctored];
  const dir = await doctored(first, Math.random().toString());
  const said = plainText(await benchHere(command(dir)));
  expect(said).toMatch(
    /not trustworthy,? .*samples\/syd\.csv\.gz holds 50 requests of \w+ \(search\) in round \d+ where 25 were judged/,
  );
});

test('a history leaves it out and says why, also where figures were kept from before', async () => {
  const dir = await doctored(changed[6] as Doctored, '-history');
  await benchHere(['report', join(root, 'sound')]);
  for (const name of ['summary.json', 'summary.csv'])
    await cp(join(root, 'sound', name), join(dir, name));
  // As if nothing had been touched after the report.
  await utimes(at(dir), new Date(0), new Date(0));
  const { code, stdout } = await benchHere([
    'history',
    dir,
    join(root, 'night-1'),
    join(root, 'night-2'),
  ]);
  expect(code).toBe(0);
  expect(stdout).toContain('p50 over 2 runs');
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
    'sound is left out. This run is not trustworthy',
  );
});

test.each(miscounted.map((each) => [each.name, each] as const))(
  '%s are noticed in a run without any record too',
  async (_, each) => {
    const dir = await doctored(each, '-older');
    await forgetDigests(dir);
    expect((await benchHere(['gate', dir, '--config', budgets])).code).toBe(3);
  },
);

test('a run of an older version, without records, is as good as ever', async () => {
  const dir = await doctored({ name: 'older', doctor: forgetDigests });
  const { code, stderr } = await benchHere(['gate', dir, '--config', budgets]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test('records that name files elsewhere are not followed', async () => {
  const dir = await doctored({
    name: 'pointing out',
    doctor: async (copy) => {
      const manifest = JSON.parse(await readFile(at(copy, 'manifest.json'), 'utf8')) as Manifest;
      const files = { ...manifest.files, '/dev/zero': { sha256: '0'.repeat(64), bytes: 1 } };
      await writeFile(at(copy, 'manifest.json'), JSON.stringify({ ...manifest, files }));
    },
  });
  expect((await benchHere(['gate', dir, '--config', budgets])).code).toBe(0);
});
