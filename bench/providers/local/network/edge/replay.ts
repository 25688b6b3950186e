import type { Millis } from '../../../../base/units.ts';
import type { RegionCode } from '../../../../world/regions.ts';

/** What a machine asks for with `fly-replay`: send this request elsewhere. */
export interface Replay {
  readonly app: string | undefined;
  /** In order of preference; `force`: nowhere else. */
  readonly regions: { readonly codes: readonly RegionCode[]; readonly force: boolean } | undefined;
  readonly instance: string | undefined;
  readonly preferInstance: string | undefined;
  readonly state: string | undefined;
  /** Not to the machine that asks. */
  readonly elsewhere: boolean;
  /** Give up opening a connection after this long. */
  readonly timeoutMs: Millis | undefined;
  /** Where the request goes if no connection could be opened: back, by all means or preferably. */
  readonly fallback: 'force_self' | 'prefer_self' | undefined;
}

/** A reading that can fail; `reason` is for people. */
export type Reading<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

export const failed = (reason: string): { ok: false; reason: string } => ({ ok: false, reason });

const known = new Set([
  'app',
  'region',
  'instance',
  'prefer_instance',
  'state',
  'elsewhere',
  'timeout',
  'fallback',
]);

/** The fields of either form of a replay, checked. */
export function replayFromFields(fields: ReadonlyMap<string, string>): Reading<Replay> {
  for (const name of fields.keys())
    if (!known.has(name)) return failed(`the field ${name} is not supported here`);
  const regions = readRegions(fields.get('region'));
  const timeoutMs = readTimeout(fields.get('timeout'));
  const elsewhere = readElsewhere(fields.get('elsewhere'));
  const fallback = readFallback(fields.get('fallback'));
  if (!regions.ok) return regions;
  if (!timeoutMs.ok) return timeoutMs;
  if (!elsewhere.ok) return elsewhere;
  if (!fallback.ok) return fallback;
  return withTarget({
    app: fields.get('app'),
    regions: regions.value,
    instance: fields.get('instance'),
    preferInstance: fields.get('prefer_instance'),
    state: fields.get('state'),
    elsewhere: elsewhere.value,
    timeoutMs: timeoutMs.value,
    fallback: fallback.value,
  });
}

function withTarget(replay: Replay): Reading<Replay> {
  const { app, regions, instance, preferInstance, elsewhere } = replay;
  const named = app ?? regions ?? instance ?? preferInstance;
  return named === undefined && !elsewhere
    ? failed('it names no app, region or instance, nor elsewhere=true')
    : { ok: true, value: replay };
}

/** `any` at the end lets every other region follow. */
function readRegions(text: string | undefined): Reading<Replay['regions']> {
  if (text === undefined) return { ok: true, value: undefined };
  const codes = text.split(',').map((code) => code.trim());
  const force = codes.at(-1) !== 'any';
  const listed = force ? codes : codes.slice(0, -1);
  const wrong = listed.find((code) => !/^[a-z]{3}$/.test(code) || code === 'any');
  if (wrong !== undefined)
    return failed(`"${wrong}" is not a region's code (aliases are not supported here)`);
  return { ok: true, value: { codes: listed, force } };
}

function readTimeout(text: string | undefined): Reading<Millis | undefined> {
  if (text === undefined) return { ok: true, value: undefined };
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(text) ?? [];
  return amount === undefined
    ? failed(`the timeout "${text}" is not like 10s or 800ms`)
    : { ok: true, value: Number(amount) * (unit === 's' ? 1000 : 1) };
}

function readElsewhere(text: string | undefined): Reading<boolean> {
  return text === undefined || text === 'true' || text === 'false'
    ? { ok: true, value: text === 'true' }
    : failed(`elsewhere is true or false, not "${text}"`);
}

function readFallback(text: string | undefined): Reading<Replay['fallback']> {
  return text === undefined || text === 'force_self' || text === 'prefer_self'
    ? { ok: true, value: text }
    : failed(`fallback is force_self or prefer_self, not "${text}"`);
}
