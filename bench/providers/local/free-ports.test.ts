import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freePorts } from './free-ports.ts';

test('all ports differ and can be listened on', async () => {
  const ports = await freePorts(50);
  expect(new Set(ports).size).toBe(50);
  const servers = ports.map((port) => createServer().listen(port, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
});

test('none', async () => {
  expect(await freePorts(0)).toEqual([]);
});
