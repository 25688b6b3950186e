import type { CreateMachine, Machine, MachinesApi } from '../machines-api.ts';
import { metadataKeys } from '../machines-api.ts';
import type { Caller } from './call.ts';
import type { Clock } from './clock.ts';
import type { Fresh } from './fresh.ts';
import { limits } from './pace.ts';
import { parseMachine } from './parse.ts';
import { parsed } from './parsed.ts';
import { appPath } from './paths.ts';

/** Images are pulled while the call is open. */
const timeoutMs = 90_000;
/** What was made a moment ago may not be listed yet; another machine costs more than these seconds. */
const [mostLooks, lookAgainMs] = [3, 1500];

/**
 * Creates a machine once. The API has no keys for that: after a try whose outcome nobody knows, the machines with the
 * same run and vantage are listed, before another try and after it; of two the older one stays.
 */
export function creator(
  call: Caller,
  { list, destroy }: Pick<MachinesApi, 'list' | 'destroy'>,
  clock: Clock,
  fresh: Fresh,
): MachinesApi['create'] {
  return async (app, machine, signal) => {
    const title = `create a machine in ${machine.region}`;
    const twins = async () => (await list(app, identityOf(machine), signal)).filter(isAlive);
    const doubt: { found?: readonly Machine[] } = {};
    const look = async () => {
      for (let looks = 1; ; looks++) {
        doubt.found = await twins();
        if (doubt.found.length > 0 || looks === mostLooks) return doubt.found.length > 0;
        await clock.sleep(lookAgainMs, signal);
      }
    };
    const { status, json } = await call({
      title,
      method: 'POST',
      path: appPath([app, 'machines']),
      body: machine,
      timeoutMs,
      key: `create ${app}`,
      limit: limits.other,
      region: machine.region,
      hadEffect: look,
      ...fresh.until(app),
      signal,
      // Cut off, it would leave a machine of which nobody knows.
      uncut: true,
    });
    fresh.gone(app);
    const made = status === 0 ? [] : [parsed(title, parseMachine, json)];
    // Known by now or not: a twin that turns up later still is found when the run is taken down.
    const found = status === 0 || doubt.found === undefined ? doubt.found : await twins();
    const [kept, ...others] = eldestFirst([...made, ...(found ?? [])]);
    if (kept === undefined) throw new Error('nothing was created');
    fresh.made(kept.id);
    for (const { id } of others) await destroy(app, id);
    if (signal?.aborted === true) await destroy(app, kept.id);
    signal?.throwIfAborted();
    return kept;
  };
}

const identityOf = ({ config: { metadata } }: CreateMachine): Record<string, string> => ({
  [metadataKeys.run]: metadata[metadataKeys.run] ?? '',
  [metadataKeys.vantage]: metadata[metadataKeys.vantage] ?? '',
});

const isAlive = ({ state }: Machine): boolean => !/^(destroying|failed|launch_failed)$/.test(state);

/** Each machine once. */
function eldestFirst(machines: readonly Machine[]): Machine[] {
  const each = [...new Map(machines.map((machine) => [machine.id, machine])).values()];
  return each.sort((a, b) => a.created_at.localeCompare(b.created_at) || a.id.localeCompare(b.id));
}
