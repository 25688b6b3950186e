import { BenchError } from '../../base/errors.ts';
import type { MachinesApi } from './machines-api.ts';
import { defaultOrg } from './token-org.ts';

/**
 * Makes the app that holds the machines, if it is not there yet. `org`: the organisation that was asked for, if any;
 * without one it is made in the token's.
 * Throws a BenchError (usage) if the app is in another one.
 */
export async function ensureApp(
  api: MachinesApi,
  app: string,
  org: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const found = await api.app(app, signal);
  if (found === undefined) await api.createApp(app, org ?? (await defaultOrg(api, signal)), signal);
  else if (org !== undefined && found.org !== org)
    throw new BenchError(
      'usage',
      `The app ${app} is in the organisation "${found.org}", not in "${org}".`,
      'Set org of [bench.fly] to that one, or app to another name.',
    );
}
