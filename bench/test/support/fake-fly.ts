import { expect, onTestFinished } from 'vitest';
import { startFakeFly, type FakeFly, type FakeOverrides } from '../../providers/fake/index.ts';

/** An answer, read. */
export interface Reply {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
}

export type Ask = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Reply>;

/** A fake with the app `bench`, and a bare way to ask it; closed after the test. Without limits unless told. */
export async function fakeWithApp(
  overrides: FakeOverrides = {},
): Promise<{ readonly fake: FakeFly; readonly ask: Ask }> {
  const fake = await startFakeFly({ rateLimits: false, ...overrides });
  onTestFinished(() => fake.close());
  const ask = asker(fake);
  await ask('POST', '/v1/apps', { name: 'bench', org_slug: 'personal' });
  return { fake, ask };
}

export function asker(fake: Pick<FakeFly, 'url' | 'token'>): Ask {
  return async (method, path, body, headers) => {
    const response = await fetch(fake.url + path, {
      method,
      headers: { authorization: `Bearer ${fake.token}`, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text.startsWith('{') || text.startsWith('[')
        ? JSON.parse(text)
        : { text }) as Reply['body'],
    };
  };
}

/** A config that runs a script for `sh`. */
export const config = (script: string, more: Readonly<Record<string, unknown>> = {}) => ({
  image: 'grafana/k6:2.2.0',
  guest: { cpu_kind: 'performance', cpus: 1, memory_mb: 2048 },
  init: { exec: ['sh', '-c', script] },
  restart: { policy: 'no' },
  ...more,
});

export const machines = '/v1/apps/bench/machines';

/** Makes a machine that runs a script, and waits until it has started; its id and instance. */
export async function started(
  ask: Ask,
  script: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly id: string; readonly instance: string }> {
  const { body } = await ask('POST', machines, { region: 'cdg', config: config(script, more) });
  const [id, instance] = [String(body['id']), String(body['instance_id'])];
  await ask('GET', `${machines}/${id}/wait?state=started&timeout=10`);
  return { id, instance };
}

/** What holds sooner or later; on a busy machine later. */
export const eventually = <T>(look: () => T) => expect.poll(look, { interval: 20 });
