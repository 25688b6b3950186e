import { visibleJson } from '../base/visible.ts';
import type { Command } from 'commander';
import { once } from 'node:events';
import { BenchError } from '../base/errors.ts';
import type { BenchConfig } from '../config/config.ts';
import type { LocalWorld } from '../providers/local/local-world.ts';
import { startLocalWorld } from '../providers/local/local-world.ts';
import { rttFor } from '../providers/local/network/rtt-for.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { colorsFor, type Io } from './io.ts';
import { loadConfig } from './load-config.ts';
import type { Action } from './main.ts';
import { makeProgress } from './progress.ts';
import { addWorldFlags, type RunFlags } from './run-flags.ts';
import { worldRequest } from './world-request.ts';

export function worldCommand(program: Command, choose: (action: Action) => void): void {
  const world = program.command('world').description('The local world, without measuring.');
  addWorldFlags(world.command('up'))
    .description('Starts the local world and leaves it up; Ctrl-C takes all of it down.')
    .option('--json', 'print one line of JSON when everything answers')
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      '\nExample:\n  $ bench world up --regions cdg,syd --topologies read-replicas',
    )
    .action((flags: RunFlags) => {
      choose((io) => up(flags, io));
    });
}

async function up(flags: RunFlags, io: Io): Promise<ExitCode> {
  const config = await loadConfig({ ...flags, provider: 'local' });
  const progress = makeProgress(io, flags.quiet === true);
  const request = worldRequest(config);
  try {
    const world = await startLocalWorld(request, progress, io.signal, config.seed);
    try {
      progress.stop();
      const description = describe(world, config);
      io.out.write(
        flags.json === true ? `${visibleJson(description)}\n` : forPeople(description, io),
      );
      await untilEnded(world, io, flags.json === true);
    } finally {
      await world.down();
    }
    return exitCodes.done;
  } finally {
    progress.stop();
  }
}

/** What `--json` prints; its shape is documented in the README and stays. */
interface Description {
  readonly regions: Readonly<Record<string, { readonly edges: Readonly<Record<string, string>> }>>;
  readonly machines: readonly object[];
  readonly databases: readonly object[];
  readonly links: readonly object[];
  readonly pids: readonly number[];
}

function describe(
  { network, machines, databases, layout, guard, passwordFile }: LocalWorld,
  config: BenchConfig,
): Description {
  const at = (port: number, scheme = 'http') => `${scheme}://127.0.0.1:${port}`;
  const edgesOf = (region: string) =>
    network.ready.edges
      .filter((edge) => edge.region === region)
      .map((edge) => [edge.app, at(edge.port)] as const);
  return {
    regions: Object.fromEntries(
      config.regions.map((code) => [code, { edges: Object.fromEntries(edgesOf(code)) }]),
    ),
    machines: machines.map(({ topology, region, id, pid, url }) => ({
      topology,
      region,
      id,
      role: 'app',
      pid,
      url,
    })),
    databases: databases.map(({ topology, region, role, pid, url }) => ({
      engine: 'postgres',
      topology,
      region,
      role,
      pid,
      url,
      passfile: passwordFile,
    })),
    links: network.ready.echoes.map(({ app, from, to, port }) => ({
      ...(app === undefined ? {} : { topology: app }),
      from,
      to,
      rtt_ms: rttFor(layout.network, app ?? '', from, to),
      url: at(port, 'tcp'),
    })),
    pids: [
      guard.pid,
      network.pid,
      ...databases.map(({ pid }) => pid),
      ...machines.map(({ pid }) => pid),
    ],
  };
}

function forPeople({ regions, pids }: Description, io: Io): string {
  const { bold, dim } = colorsFor(io.out, io.env);
  const lines = Object.entries(regions).flatMap(([code, { edges }]) => [
    bold(`as if from ${code}`),
    ...Object.entries(edges).map(([topology, url]) => `  ${topology.padEnd(24)} ${url}`),
  ]);
  return `${lines.join('\n')}\n${dim(`${pids.length} processes; --json lists them, their databases and links. Ctrl-C takes all of it down.`)}\n`;
}

/**
 * Until a signal or the death of a part. With --json a program may have started us, and ends us with our standard input;
 * a person's says nothing: it may be /dev/null, as under nohup or in a script.
 */
async function untilEnded(
  world: LocalWorld,
  { signal, input }: Io,
  endsWithInput: boolean,
): Promise<void> {
  const died = Promise.race([
    world.network.exited.then(() => 'the network process'),
    ...world.machines.map((machine) =>
      machine.exited.then(() => `the app of ${machine.topology} in ${machine.region}`),
    ),
    ...world.databases.map((d) =>
      d.exited.then(() => `the ${d.role} database of ${d.topology} in ${d.region}`),
    ),
  ]);
  if (endsWithInput) input.resume();
  const asked = Promise.race([
    ...(endsWithInput ? [once(input, 'end')] : []),
    signal.aborted ? Promise.resolve() : once(signal, 'abort'),
  ]).then(() => undefined);
  const dead = await Promise.race([died, asked]);
  if (endsWithInput) input.pause();
  if (dead !== undefined)
    throw new BenchError(
      'fault',
      `${dead} ended by itself.`,
      'Start the world again; see bench doctor.',
    );
}
