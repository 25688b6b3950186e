import { afterAll, beforeAll } from 'vitest';
import { startFakeFly, type FakeFly } from '../fake/index.ts';
import { providerContract } from '../contract.ts';
import { flyProvider } from './index.ts';
import { machinesClient } from './machines.ts';
import type { MachinesApi } from './machines-api.ts';

let fake: FakeFly;
let api: MachinesApi;
beforeAll(async () => {
  fake = await startFakeFly();
  api = machinesClient({ baseUrl: fake.url, token: fake.token });
});
afterAll(async () => {
  await api.close();
  await fake.close();
});

let runs = 0;

providerContract('Fly', {
  make: () => {
    runs++;
    const run = { api, runId: `contract-${String(runs)}`, app: 'contract', size: 'performance-2x' };
    return Promise.resolve(flyProvider({ ...run, via: 'public' }));
  },
  left: () => Promise.resolve(fake.machines().map(({ id, state }) => `${id} ${state}`)),
});
