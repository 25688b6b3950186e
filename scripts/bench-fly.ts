// How fast 18 regions are launched, without breaking a limit of the API, and how exactly they start together: the whole
// command against the fake Machines API with delays like the real one's.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../bench/base/package-root.ts';
import { readSamples } from '../bench/k6/output.ts';
import { realisticDelays, startFakeFly } from '../bench/providers/fake/index.ts';
import { correctionMs } from '../bench/providers/fly/vantage/clock.ts';
import type { Manifest, VantageMachine } from '../bench/samples/manifest.ts';
import { regions } from '../bench/world/regions.ts';

// As many as there once were: Mumbai is retired, Santiago was before.
const codes = [...regions.keys()].filter((code) => code !== 'scl');
const folder = await mkdtemp(join(tmpdir(), 'bench-fly-'));
const target = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1');
await once(target, 'listening');
const fake = await startFakeFly({ delays: realisticDelays, live: codes });
try {
  const url = `http://127.0.0.1:${String((target.address() as AddressInfo).port)}`;
  const { code, readyS } = await bench(url);
  const file = join(folder, 'run', 'manifest.json');
  const { machines = [] } = JSON.parse(await readFile(file, 'utf8')) as Manifest;
  const starts = await Promise.all(machines.map(startOf));
  const clocks = machines.map(({ clock }) => clock?.uncertaintyMs ?? NaN);
  const refused = fake.requests.filter(({ status }) => status === 429).length;
  console.log(
    [
      `${machines.length} of ${codes.length} regions, exit code ${String(code)}`,
      `  from the command to all ready  ${readyS.toFixed(1)} s (target: 60 s)`,
      `  calls refused by rate limits   ${refused} of ${fake.requests.length} (target: 0)`,
      `  machines made, left            ${fake.machinesEver.length}, ${fake.machines().length} (target: ${codes.length}, 0)`,
      `  start skew between vantages    ${(Math.max(...starts) - Math.min(...starts)).toFixed(0)} ms (target: 50 ms)`,
      `  clocks known to within         ${Math.max(...clocks).toFixed(0)} ms`,
    ].join('\n'),
  );
} finally {
  await fake.close();
  target.closeAllConnections();
  target.close();
  await rm(folder, { recursive: true, force: true });
}

/** The exit code, and the seconds until every machine was ready. */
async function bench(url: string): Promise<{ code: number | null; readyS: number }> {
  const began = performance.now();
  const flags = ['--rounds', '2', '--rate', '2', '--yes', '--out', 'run'];
  const child = spawn(
    process.execPath,
    [
      join(packageRoot(), 'dist', 'bench.mjs'),
      ...['run', '--provider', 'fly', '--regions', codes.join(',')],
      ...['--target', `mine=${url}`, ...flags],
    ],
    {
      cwd: folder,
      env: { ...process.env, FLY_FLAPS_BASE_URL: fake.url, FLY_API_TOKEN: fake.token },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let readyS = NaN;
  createInterface({ input: child.stderr }).on('line', (line) => {
    console.error(line);
    if (line.startsWith('Launching')) readyS = (performance.now() - began) / 1000;
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return { code, readyS };
}

/** When k6 began, in ms after the agreed start by the one clock that all machines of the fake share. */
async function startOf({ vantage, clock }: VantageMachine): Promise<number> {
  let late = NaN;
  await readSamples(join(folder, 'run', 'samples', `${vantage}.csv.gz`), vantage, {
    sample: () => undefined,
    extra: ({ metric, value }) => {
      if (metric === 'bench_started_late_ms') late = value;
    },
  });
  return late + (clock === undefined ? 0 : correctionMs(clock));
}
