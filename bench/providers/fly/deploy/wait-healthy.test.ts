import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { FlyMachine } from './look.ts';
import { patience, unhealthy } from './wait-healthy.ts';

const machine = (region: string, state: string, status = 'passing'): FlyMachine => ({
  ...{ id: region, region, state },
  checks: [{ name: 'http', status, output: 'connection refused\nmore' }],
});

test('is well with one good machine in each region', () => {
  const machines = [
    machine('cdg', 'started'),
    machine('cdg', 'stopped'),
    machine('syd', 'started'),
  ];
  expect(unhealthy(machines, ['cdg', 'syd'])).toBeUndefined();
});

test('says what is wrong, and where', () => {
  const machines = [machine('cdg', 'started'), machine('syd', 'starting')];
  expect(unhealthy(machines, ['cdg', 'ord'])).toBe('no machine in ord');
  expect(unhealthy(machines, ['syd'])).toBe('in syd the machine is starting');
  expect(unhealthy([machine('cdg', 'started', 'critical')], ['cdg'])).toBe(
    'in cdg the check "http" is critical (connection refused)',
  );
});

test('a URL answers only with 200', async () => {
  let status = 503;
  const server = createServer((_, response) => response.writeHead(status).end());
  server.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/healthz`;
  const never = new AbortController().signal;
  expect(await patience.answers(url, never)).toBe(false);
  status = 200;
  expect(await patience.answers(url, never)).toBe(true);
  expect(await patience.answers('http://127.0.0.1:1/', never)).toBe(false);
});
