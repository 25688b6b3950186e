// Accuracy of the emulated distances and what they cost: TCP echo over every link while a load like a default run's
// passes through the same network process, beside a bare loopback echo. About 25 s; `npm run build` before.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import type { Millis } from '../bench/base/units.ts';
import { startNetwork } from '../bench/providers/local/network.ts';
import type { NetworkConfig } from '../bench/providers/local/network/protocol.ts';
import { pairKey } from '../bench/world/regions.ts';
import { makeWorld } from '../bench/world/world.ts';
import type { EchoReport, EchoTask } from './bench-links/echo.ts';
import type { LoadReport, LoadTask } from './bench-links/load.ts';

const seconds = Number(process.argv[2] ?? 18);
const codes = ['cdg', 'ord', 'syd', 'scl'];
const world = makeWorld(codes);
const pairs = codes.flatMap((from, i) => codes.slice(i + 1).map((to) => ({ from, to })));
const children: ChildProcess[] = [];
let stopNetwork = () => Promise.resolve();

try {
  const database = await start('database');
  const machines = await Promise.all(codes.map(() => start('machine')));
  const network = await startNetwork(configFor(Number(database.said), machines));
  stopNetwork = () => network.stop();
  const portOf = (id: string) => network.ready.tunnels.find((tunnel) => tunnel.id === id)?.port;
  machines.forEach(({ child }, i) => child.send({ databasePort: portOf(codes[i] ?? '') }));
  const cpuBefore = cpuSeconds(network.pid);
  const began = performance.now();
  const [echoes, bare, ...loads] = await Promise.all([
    task('echo', {
      ports: network.ready.echoes.map(({ port }) => port),
      seconds,
    }),
    task('echo', { ports: [Number(database.said)], seconds }),
    ...network.ready.edges.map(({ port }) => task('load', { port, perSecond: 20, seconds })),
  ]);
  const elapsed = (performance.now() - began) / 1000;
  printLinks(echoes, bare[0]);
  printLoad(loads);
  const share = (100 * (cpuSeconds(network.pid) - cpuBefore)) / elapsed;
  console.log(
    `\nnetwork process   ${share.toFixed(1)} % of a core; load average ${loadavg()[0]?.toFixed(2) ?? ''}`,
  );
} finally {
  await stopNetwork();
  for (const child of children) child.kill();
}

function configFor(databasePort: number, machines: readonly { said: unknown }[]): NetworkConfig {
  return {
    rtt: Object.fromEntries(pairs.map(({ from, to }) => [pairKey(from, to), world.rtt(from, to)])),
    jitterMs: 0,
    seed: 1,
    machines: machines.map(({ said }, i) => ({
      id: `m${i}`,
      app: 'app',
      region: codes[i] ?? '',
      port: Number(said),
    })),
    edges: codes.map((region) => ({ app: 'app', region, primary: 'cdg' })),
    tunnels: codes.map((from) => ({
      id: from,
      app: 'app',
      from,
      to: 'cdg',
      targetPort: databasePort,
    })),
    echoes: pairs,
  };
}

/** A helper process and the first thing that it says. */
async function start(name: string): Promise<{ child: ChildProcess; said: unknown }> {
  const child = fork(join(import.meta.dirname, 'bench-links', `${name}.ts`));
  children.push(child);
  const [said] = (await once(child, 'message')) as [unknown];
  return { child, said };
}

async function task(name: 'echo', what: EchoTask): Promise<EchoReport[]>;
async function task(name: 'load', what: LoadTask): Promise<LoadReport>;
async function task(name: string, what: object): Promise<unknown> {
  const { child } = await start(name);
  child.send(what);
  const [report] = (await once(child, 'message')) as [unknown];
  return report;
}

/** User and system time of a process so far (fields 14 and 15 of proc(5) stat, hundredths of a second). */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function printLinks(echoes: readonly EchoReport[], bare: EchoReport | undefined): void {
  const rows = echoes.map((report, i) => {
    const { from, to } = pairs[i] ?? { from: '', to: '' };
    return { name: `${from}-${to}`, wanted: world.rtt(from, to), report };
  });
  console.log('link        wanted      p50      p99   p50 err  p99 err  open err (median)   n');
  for (const { name, wanted, report } of rows) printRow(name, wanted, report);
  printRow('loopback', 0, bare ?? { echoMs: [], openMs: [] });
  const errors = rows.flatMap(({ wanted, report }) =>
    report.echoMs.map((ms) => Math.abs(ms - wanted)),
  );
  const opens = rows.flatMap(({ wanted, report }) =>
    report.openMs.map((ms) => Math.abs(ms - 2 * wanted)),
  );
  console.log();
  printGoal('echo error, median', quantile(errors, 0.5), 0.5, bare);
  printGoal('echo error, p99', quantile(errors, 0.99), 3, bare);
  printGoal('open error, median', quantile(opens, 0.5), 2, bare);
}

function printRow(name: string, wanted: Millis, { echoMs, openMs }: EchoReport): void {
  const p50 = quantile(echoMs, 0.5);
  const p99 = quantile(echoMs, 0.99);
  const open = quantile(openMs, 0.5) - 2 * wanted;
  const cells = [wanted, p50, p99, p50 - wanted, p99 - wanted, open].map((ms) =>
    ms.toFixed(2).padStart(9),
  );
  console.log(`${name.padEnd(9)}${cells.join('')}${String(echoMs.length).padStart(15)}`);
}

function printGoal(name: string, ms: Millis, goal: Millis, bare: EchoReport | undefined): void {
  const ratio = ms / quantile(bare?.echoMs ?? [], 0.5);
  console.log(
    `${name.padEnd(20)}${ms.toFixed(2).padStart(7)} ms  goal ${goal.toFixed(1)} ms  ${ms <= goal ? 'reached' : 'MISSED '}  ${ratio.toFixed(1)} x the median loopback echo`,
  );
}

/** Through an edge to the machine beside it, which asks the database three times: what remains is overhead. */
function printLoad(loads: readonly LoadReport[]): void {
  console.log('\nrequest     distance    p50      p99   p50 over distance   n');
  loads.forEach(({ ms, failed }, i) => {
    const code = codes[i] ?? '';
    const distance = 3 * world.rtt(code, 'cdg');
    const cells = [distance, quantile(ms, 0.5), quantile(ms, 0.99), quantile(ms, 0.5) - distance];
    console.log(
      `${code.padEnd(9)}${cells.map((cell) => cell.toFixed(2).padStart(9)).join('')}${String(ms.length).padStart(15)} (${failed} failed)`,
    );
  });
}

function quantile(values: readonly number[], p: number): number {
  const ascending = [...values].sort((a, b) => a - b);
  return ascending[Math.floor(p * (ascending.length - 1))] ?? NaN;
}
