// What a Fly run makes of trouble, against the fake Machines API: calls that fail, machines that die, a controller that is
// killed, a network that is cut. No sample may be lost that was written, no machine left, none made twice.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { tryFault, type Fault, type Running } from './bench-faults/trial.ts';

const done = [0, 3];
const measuring = /^ {2}round 1/;
/** k6 has ended, and what it wrote last takes calls to come home, each of which takes a while here. */
const collecting = async (running: Running) => {
  await running.says(measuring);
  running.fake.faults.delay('machine.exec', 1500);
  await running.until(() => existsSync(join(machineOf(running)?.root ?? '', 'tmp/bench/done.0')));
};

const failing = (action: string, when: (running: Running) => Promise<void>): Fault => ({
  name: `${action} fails for 10 s`,
  codes: done,
  disturb: async (running) => {
    await when(running);
    running.fake.faults.failFor(action, 10_000, 503);
  },
});
const first = (): Promise<void> => Promise.resolve();
const machineOf = ({ fake }: Running) => fake.machines().find(({ region }) => region === 'syd');
/** As soon as it is up: before that nothing runs that could die. */
const crash = async (running: Running) => {
  await running.until(() => machineOf(running)?.state === 'started');
  running.fake.crash(machineOf(running)?.id ?? '');
};
const phases: Readonly<Record<string, (running: Running) => Promise<void>>> = {
  'while machines are made': (running) => running.asked('machine.create'),
  'before the start': (running) => running.asked('machine.exec', 3),
  'while k6 measures': (running) => running.says(measuring),
  'while samples come home': collecting,
};
const inPhases = (
  what: string,
  codes: Fault['codes'],
  act: (running: Running) => Promise<void> | void,
  more = {},
) =>
  Object.entries(phases).map(([phase, reached]): Fault => ({
    ...{ name: `${what} ${phase}`, codes, ...more },
    disturb: async (running) => {
      await reached(running);
      await act(running);
    },
  }));

const faults: readonly Fault[] = [
  { name: 'nothing', codes: done, disturb: () => undefined },
  ...([500, 'drop-before', 'drop-after', { after: 504 }] as const).map((fault): Fault => ({
    name: `every call fails once (${typeof fault === 'object' ? '504 after its effect' : fault})`,
    codes: done,
    disturb: ({ fake }) => {
      fake.faults.failEveryActionOnce(fault);
    },
  })),
  failing('regions', first),
  failing('app.get', first),
  failing('app.create', first),
  failing('machine.create', first),
  failing('machine.wait', first),
  failing('machine.exec', first),
  failing('machine.exec', (running) => running.says(measuring)),
  failing('machine.list', first),
  failing('machine.destroy', first),
  ...inPhases('a machine dies', [6, 0, 3], crash, { mayLose: true }),
  ...inPhases('the controller is killed', [null], ({ child }) => {
    child.kill('SIGKILL');
  }),
  ...inPhases('Ctrl-C', [130], ({ child }) => {
    child.kill('SIGINT');
  }),
  ...inPhases('the network is cut for 20 s', done, ({ fake }) => {
    fake.cutNetwork(20_000);
  }),
];

const only = process.argv[2];
const chosen = faults.filter(({ name }) => only === undefined || name.includes(only)).entries();
let broken = 0;
await Promise.all(
  Array.from({ length: 3 }, async () => {
    for (const [, fault] of chosen) {
      const trial = await tryFault(fault);
      const lost = trial.served - trial.kept;
      const faulty = [
        ...(fault.codes.includes(trial.code) ? [] : [`exit code ${String(trial.code)}`]),
        ...(lost > 0 && fault.mayLose !== true ? [`${String(lost)} samples lost`] : []),
        ...(trial.struck ? [] : ['it came too late']),
        ...(trial.duplicates > 0 ? [`${String(trial.duplicates)} duplicate machines`] : []),
        ...(trial.leftAfterClean > 0 ? [`${String(trial.leftAfterClean)} machines left`] : []),
      ];
      if (faulty.length > 0) broken++;
      const { code, seconds, served, kept, left } = trial;
      console.log(
        `${faulty.length === 0 ? 'ok    ' : 'BROKEN'} ${fault.name.padEnd(52)} exit ${String(code).padEnd(4)} ` +
          `${seconds.toFixed(0).padStart(3)} s, ${kept} of ${served} samples, ${left} left before clean` +
          (faulty.length === 0 ? '' : `: ${faulty.join(', ')}`),
      );
    }
  }),
);
console.log(broken === 0 ? 'all held' : `${broken} did not hold`);
process.exitCode = broken === 0 ? 0 : 1;
