// What the probes of the links cost: the same echoes and requests through the network process in windows with and
// without probes, alternating. `npx tsx scripts/bench-probes.ts [regions, default 4] [windows, default 8]`; `npm run build`
// before; 10 s a window.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import type { Millis } from '../bench/base/units.ts';
import { probedEveryMs, startLinkProbe } from '../bench/providers/local/link-probe.ts';
import { startNetwork } from '../bench/providers/local/network.ts';
import type { NetworkConfig } from '../bench/providers/local/network/protocol.ts';
import { quantile, sorted } from '../bench/stats/quantile.ts';
import { pairKey, regions as known } from '../bench/world/regions.ts';
import { makeWorld } from '../bench/world/world.ts';
import type { EchoReport, EchoTask } from './bench-links/echo.ts';
import type { LoadReport, LoadTask } from './bench-links/load.ts';

const [regions = 4, windows = 8] = process.argv.slice(2).map(Number);
const seconds = 8;
/** Where load comes from, and the links that are measured: the same however many links are probed. */
const vantages = ['cdg', 'ord', 'syd', 'scl'];
const others = [...known.values()].filter(
  ({ code, retired }) => !retired && !vantages.includes(code),
);
const codes = [...vantages, ...others.map(({ code }) => code)].slice(0, regions);
const world = makeWorld(codes);
const pairs = codes.flatMap((from, i) => codes.slice(i + 1).map((to) => ({ from, to })));
const children: ChildProcess[] = [];
const closing: (() => Promise<void>)[] = [];

interface Window {
  readonly echoMs: readonly Millis[];
  readonly requestMs: readonly Millis[];
  /** Of a processor, in the network process. */
  readonly cpu: number;
  readonly probes: number;
}

try {
  const database = await start('database');
  const machines = await Promise.all(vantages.map(() => start('machine')));
  const config = configFor(Number(database.said), machines);
  const network = await startNetwork(config);
  closing.push(() => network.stop());
  const portOf = (id: string) => network.ready.tunnels.find((tunnel) => tunnel.id === id)?.port;
  machines.forEach(({ child }, i) => child.send({ databasePort: portOf(vantages[i] ?? '') }));
  const probe = await startLinkProbe(network.ready.echoes, config);
  closing.push(() => probe.stop());
  const measured = network.ready.echoes.filter(
    ({ from, to }) => vantages.includes(from) && vantages.includes(to),
  );
  const measure = async (probing: boolean): Promise<Window> => {
    let probes = 0;
    const watch = probing ? probe.watch((readings) => (probes += readings.length)) : undefined;
    const before = cpuSeconds(network.pid);
    const began = performance.now();
    const [echoes, ...loads] = await Promise.all([
      task('echo', { ports: measured.map(({ port }) => port), seconds }),
      ...network.ready.edges.map(({ port }) => task('load', { port, perSecond: 20, seconds })),
    ]);
    const cpu = (cpuSeconds(network.pid) - before) / ((performance.now() - began) / 1000);
    await watch?.stop();
    // How far over its distance: links of all lengths together.
    const echoMs = echoes.flatMap((report, i) => {
      const { from = '', to = '' } = measured[i] ?? {};
      return report.echoMs.map((ms) => ms - world.rtt(from, to));
    });
    const requestMs = loads.flatMap(({ ms }, i) => {
      const distance = 3 * world.rtt(vantages[i] ?? '', 'cdg');
      return ms.map((each) => each - distance);
    });
    return { echoMs, requestMs, cpu, probes };
  };
  await measure(true);
  const all: { probing: boolean; window: Window }[] = [];
  for (let i = 0; i < windows; i++) {
    // ABBA: a drift of the machine hits both alike.
    const probing = i % 4 === 1 || i % 4 === 2;
    all.push({ probing, window: await measure(probing) });
  }
  print(all);
} finally {
  for (const close of closing.reverse()) await close();
  for (const child of children) child.kill();
}

function print(all: readonly { probing: boolean; window: Window }[]): void {
  const of = (probing: boolean) => all.filter((each) => each.probing === probing);
  const medians = (probing: boolean, key: 'echoMs' | 'requestMs') =>
    quantile(sorted(of(probing).flatMap(({ window }) => window[key])), 0.5);
  const links = pairs.length;
  console.log(
    `${links} links, each probed every ${(probedEveryMs(links) / 1000).toFixed(2)} s; ${windows} windows of ${seconds} s, load average ${loadavg()[0]?.toFixed(2) ?? ''}`,
  );
  console.log('median over the distance      without      with   difference');
  for (const key of ['echoMs', 'requestMs'] as const) {
    const [without, on] = [medians(false, key), medians(true, key)];
    const cells = [without, on, on - without].map((ms) => `${ms.toFixed(3)} ms`.padStart(11));
    console.log(`${(key === 'echoMs' ? 'echo' : 'request').padEnd(26)}${cells.join('')}`);
  }
  const syd = 3 * world.rtt('syd', 'cdg');
  const ratio = (syd + medians(true, 'requestMs')) / (syd + medians(false, 'requestMs'));
  console.log(`a request from syd, with / without: ${ratio.toFixed(5)}`);
  const cpu = (probing: boolean) =>
    quantile(sorted(of(probing).map(({ window }) => window.cpu)), 0.5);
  console.log(
    `network process: ${(100 * cpu(false)).toFixed(1)} % of a core without, ${(100 * cpu(true)).toFixed(1)} % with`,
  );
}

function configFor(databasePort: number, machines: readonly { said: unknown }[]): NetworkConfig {
  return {
    rtt: Object.fromEntries(pairs.map(({ from, to }) => [pairKey(from, to), world.rtt(from, to)])),
    ...{ jitterMs: 0, seed: 1, echoes: pairs },
    machines: machines.map(({ said }, i) => ({
      ...{ id: `m${i}`, app: 'app', region: vantages[i] ?? '', port: Number(said) },
    })),
    edges: vantages.map((region) => ({ app: 'app', region, primary: 'cdg' })),
    tunnels: vantages.map((from) => ({
      ...{ id: from, app: 'app', from, to: 'cdg', targetPort: databasePort },
    })),
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
  child.kill();
  return report;
}

/** User and system time of a process so far (fields 14 and 15 of proc(5) stat, hundredths of a second). */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
