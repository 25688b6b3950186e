import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, vi } from 'vitest';
import { ensureK6 } from '../../k6/install.ts';
import { descendantsOf, stillRunning } from '../../test/support/processes.ts';
import { providerContract } from '../contract.ts';
import { localProvider } from './index.ts';

let k6 = '';
let folder = '';
beforeAll(async () => {
  // Its own, since others make folders in the common one meanwhile.
  folder = await mkdtemp(join(tmpdir(), 'contract-'));
  vi.stubEnv('TMPDIR', folder);
  const quiet = { note: () => undefined, progress: () => undefined };
  k6 = (await ensureK6(quiet, new AbortController().signal)).path;
});
afterAll(() => rm(folder, { recursive: true }));

providerContract('the local world', {
  emulates: true,
  make: () => Promise.resolve(localProvider(k6, 1)),
  left: async () => [
    ...stillRunning(descendantsOf(process.pid))
      .filter(({ command }) => command.includes('k6') || command.includes('guard'))
      .map(({ command }) => command),
    ...(await readdir(folder)).filter((name) => !name.startsWith('bench-contract-')),
  ],
});
