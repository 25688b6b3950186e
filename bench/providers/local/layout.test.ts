import { describe, expect, test } from 'vitest';
import { topologies } from '../../topologies/index.ts';
import { makeWorld } from '../../world/world.ts';
import { layOut, portsNeeded, replicationTunnel } from './layout.ts';
import { machineEnvironment } from './machines.ts';
import { makeCredentials } from './postgres/credentials.ts';

const world = makeWorld(['cdg', 'ord', 'syd', 'scl']);
const request = { world, primary: 'cdg', vantages: ['cdg', 'ord', 'syd', 'scl'], topologies };
const ports = Array.from({ length: portsNeeded(request) }, (_, i) => 1000 + i);
const layout = layOut(request, ports, 1);

describe('the three topologies in four regions', () => {
  test('are nine machines, three primaries and three replicas', () => {
    expect(layout.machines.map(({ topology, region }) => `${topology} ${region}`)).toEqual([
      'single-region cdg',
      ...['cdg', 'ord', 'syd', 'scl'].map((region) => `multi-region-single-db ${region}`),
      ...['cdg', 'ord', 'syd', 'scl'].map((region) => `read-replicas ${region}`),
    ]);
    expect(layout.databases.filter(({ role }) => role === 'primary')).toHaveLength(3);
    expect(
      layout.databases.filter(({ role }) => role === 'replica').map(({ region }) => region),
    ).toEqual(['ord', 'syd', 'scl']);
  });

  test('have an edge in every region each', () => {
    expect(layout.network.edges).toHaveLength(12);
  });

  test('use every port once', () => {
    const used = [...layout.machines, ...layout.databases].map(({ port }) => port);
    expect(new Set(used).size).toBe(ports.length);
  });

  test('stream their WAL across the ocean', () => {
    for (const replica of layout.databases.filter(({ role }) => role === 'replica')) {
      const tunnel = layout.network.tunnels.find(({ id }) => id === replicationTunnel(replica));
      expect(tunnel).toMatchObject({ from: replica.region, to: 'cdg' });
    }
  });

  test('give machines ids as Fly does', () => {
    for (const { id } of layout.machines) expect(id).toMatch(/^[0-9a-f]{14}$/);
  });
});

describe('a machine', () => {
  const tunnelPorts = new Map(layout.network.tunnels.map(({ id }, i) => [id, 5000 + i]));
  const environmentOf = (topology: string, region: string) => {
    const machine = layout.machines.find((m) => m.topology === topology && m.region === region);
    if (machine === undefined) throw new Error('no such machine');
    const port = (id: string) => tunnelPorts.get(id) ?? 0;
    const env = machineEnvironment(machine, layout, world, 'cdg', makeCredentials(), port);
    const network = JSON.parse(env['PRIVATE_NETWORK'] ?? '{}') as Record<string, number>;
    return { env, network };
  };
  const databaseOf = (topology: string, region: string) =>
    layout.databases.find((d) => d.topology === topology && d.region === region)?.port;

  test('beside the primary reaches it over no link', () => {
    const { env, network } = environmentOf('single-region', 'cdg');
    expect(network['single-region-db.internal:5432']).toBe(databaseOf('single-region', 'cdg'));
    expect(env).toMatchObject({ FLY_REGION: 'cdg', PRIMARY_REGION: 'cdg', REPLAY: 'off' });
  });

  test('far from the one database reaches it through a link', () => {
    const { network } = environmentOf('multi-region-single-db', 'syd');
    expect(network['multi-region-single-db-db.internal:5432']).toBe(
      tunnelPorts.get('query multi-region-single-db syd-cdg'),
    );
  });

  test('with a replica beside it reaches that at once and the primary through a link', () => {
    const { env, network } = environmentOf('read-replicas', 'scl');
    expect(network['top1.nearest.of.read-replicas-db.internal:5433']).toBe(
      databaseOf('read-replicas', 'scl'),
    );
    expect(network['read-replicas-db.internal:5432']).toBe(
      tunnelPorts.get('query read-replicas scl-cdg'),
    );
    expect(env['REPLAY']).toBeUndefined();
  });
});

test('more regions are more machines', () => {
  const everywhere = {
    ...request,
    world: makeWorld([...world.regions.map(({ code }) => code), 'gru', 'nrt']),
  };
  const many = layOut(
    everywhere,
    Array.from({ length: portsNeeded(everywhere) }, (_, i) => i + 1),
    1,
  );
  expect(many.machines).toHaveLength(1 + 6 + 6);
});
