import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Machine, MachinesApi } from '../../providers/fly/machines-api.ts';
import { files, partialOf } from '../../samples/run-folder.ts';
import { openRun } from '../../samples/open-run.ts';
import { writeSyntheticRun } from '../../test/support/synthetic-run.ts';
import { bringHome } from './bring-home.ts';

/** A run that came to its end while Fly could not be asked: syd's machine was lost on the way. */
async function endedRun() {
  const root = await mkdtemp(join(tmpdir(), 'bring-home-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const dir = await writeSyntheticRun(join(root, 'run'), {
    failing: { syd: 'Fly did not answer' },
  });
  const { manifest } = await openRun(dir);
  const machineOf = (vantage: string): Machine => ({
    ...{ id: '1', name: 'k6', state: 'started', region: vantage, instance_id: '01K' },
    ...{ created_at: '', events: [] },
    metadata: {
      'bench-run': manifest.runId,
      'bench-vantage': vantage,
      'bench-rows': join(partialOf(dir), files.samples(vantage)),
    },
  });
  return { machineOf };
}

/** Whether a machine is asked for anything at all. */
async function asked(machine: Machine): Promise<boolean> {
  let asked = false;
  const exec: MachinesApi['exec'] = () => {
    asked = true;
    return Promise.reject(new Error('it is gone'));
  };
  await bringHome({ exec } as MachinesApi, 'app', machine);
  return asked;
}

test('samples that came home while the run lasted are left as they are', async () => {
  const { machineOf } = await endedRun();
  expect(await asked(machineOf('cdg'))).toBe(false);
});

test('samples that were missing at the end of the run are asked for', async () => {
  const { machineOf } = await endedRun();
  expect(await asked(machineOf('syd'))).toBe(true);
});
