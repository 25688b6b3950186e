import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startFakeFly } from '../../providers/fake/index.ts';
import { openPipe } from '../support/fifo.ts';
import {
  atTheEnd,
  benchProgram,
  eventually,
  keptRun,
  plainEnv,
  quickTarget,
  startAttacked,
  testFolder,
} from '../support/attacked-run.ts';

const target = quickTarget();

const boom = `process.on('SIGCONT', () => { throw new Error('boom'); })`;
const faulty = ['--import', `data:text/javascript,${encodeURIComponent(boom)}`];

test.concurrent.each([
  ['whose standard error loses its reader', 'close', 130],
  ['that a person quits, three times', 'SIGQUIT', 130],
  ['that fails by a fault of ours', 'SIGCONT', 1],
] as const)('a run on Fly %s destroys its Machines and keeps its rows', async (_, deed, code) => {
  const fake = await startFakeFly({ rateLimits: false });
  atTheEnd(() => fake.close());
  const folder = await testFolder();
  const pipe = openPipe();
  const fly = { FLY_FLAPS_BASE_URL: fake.url, FLY_API_TOKEN: fake.token };
  const args = [
    ...[...faulty, benchProgram, 'run', '--provider', 'fly', '--regions', 'cdg', '--yes'],
    ...['--target', `mine=${target.url}`, '--rounds', '4', '--duration', '60s', '--out', 'run'],
  ];
  const { child, ended } = startAttacked(process.execPath, args, {
    ...{ cwd: folder, env: plainEnv(folder, fly), stdio: ['ignore', 'ignore', pipe.input] },
  });
  pipe.closeInput();
  let said = '';
  await eventually(() => /round \d\/4/.test((said += pipe.read())));
  expect(fake.machines()).toHaveLength(1);
  if (deed === 'close') pipe.closeReader();
  else for (let n = 0; n < 3; n++) child.kill(deed);
  expect(await ended).toEqual({ code, signal: null });
  expect(fake.machines()).toEqual([]);
  expect(fake.machinesEver).toHaveLength(1);
  expect((await keptRun(folder)).manifest.state).toBe('interrupted');
  expect(await readdir(join(folder, 'run', 'samples'))).toEqual(['cdg.csv.gz']);
});
