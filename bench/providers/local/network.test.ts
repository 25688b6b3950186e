import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { programPath } from '../../base/package-root.ts';
import { descendantsOf, leftAfter } from '../../test/support/processes.ts';
import { now } from './network/clock.ts';
import { measureLink } from './echo-test.ts';
import { startNetwork } from './network.ts';
import type { NetworkConfig } from './network/protocol.ts';

const config: NetworkConfig = {
  rtt: { 'cdg-ord': 30 },
  jitterMs: 0,
  seed: 1,
  machines: [],
  edges: [{ app: 'app', region: 'ord', primary: 'cdg' }],
  tunnels: [{ id: 'db', app: 'app', from: 'ord', to: 'cdg', targetPort: 1 }],
  echoes: [{ from: 'cdg', to: 'ord' }],
};

test('everything of the configuration listens, and all of it is gone after stop', async () => {
  const network = await startNetwork(config);
  const { edges, tunnels, echoes } = network.ready;
  expect([edges[0]?.region, tunnels[0]?.id, echoes[0]?.to]).toEqual(['ord', 'db', 'ord']);
  const port = echoes[0]?.port ?? 0;
  const { openMs } = await measureLink({ port, n: 0, everyMs: 1 });
  expect(openMs).toBeGreaterThanOrEqual(60);
  const began = now();
  await Promise.all([network.stop(), network.stop()]);
  // Only a stop that hangs takes so long, however busy the machine is.
  expect(now() - began).toBeLessThan(10_000);
  await network.stop();
  await expect(network.exited).resolves.toMatchObject({ stderr: '' });
  await expect(measureLink({ port, n: 0, everyMs: 1 })).rejects.toThrow('connection refused');
});

test('an app whose links differ has them to itself', async () => {
  const network = await startNetwork({
    ...config,
    rttOf: { app: { 'cdg-ord': 80 } },
    echoes: [...config.echoes, { app: 'app', from: 'cdg', to: 'ord' }],
  });
  try {
    const [usual, own] = network.ready.echoes;
    // A link is never too quick, and a busy machine makes it slower: the quickest of some tells.
    const openMs = async (port = 0) => {
      let quickest = Infinity;
      for (let i = 0; i < 12; i++)
        quickest = Math.min(quickest, (await measureLink({ port, n: 0, everyMs: 1 })).openMs);
      return quickest;
    };
    expect(await openMs(usual?.port)).toBeLessThan(160);
    expect(await openMs(own?.port)).toBeGreaterThanOrEqual(160);
  } finally {
    await network.stop();
  }
});

test('a network that can’t be made says why and leaves no process', async () => {
  const tunnels = [{ id: 'x', app: 'app', from: 'cdg', to: 'syd', targetPort: 1 }];
  await expect(startNetwork({ ...config, tunnels })).rejects.toMatchObject({
    kind: 'fault',
    message: 'The emulated network did not start: no round-trip time between cdg and syd.',
  });
});

test('the process ends by itself when its parent lets go', async () => {
  const child = fork(programPath('network'), { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  child.send(config);
  await once(child, 'message');
  child.disconnect();
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('the process ends by itself when its parent is killed', async () => {
  const parent = execFile(process.execPath, [
    '-e',
    `const child = require('child_process').fork(${JSON.stringify(programPath('network'))});
     child.send(${JSON.stringify(config)});
     child.on('message', () => console.log('up'));`,
  ]);
  await once(parent.stdout ?? parent, 'data');
  const children = descendantsOf(parent.pid ?? 0);
  expect(children).toHaveLength(1);
  parent.kill('SIGKILL');
  expect(await leftAfter(children, 2000)).toEqual([]);
});

test('Ctrl-C is left to the parent', async () => {
  const network = await startNetwork(config);
  process.kill(network.pid, 'SIGINT');
  await measureLink({ port: network.ready.echoes[0]?.port ?? 0, n: 3, everyMs: 5 });
  await network.stop();
});
