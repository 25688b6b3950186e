/** Options of a script that hold while it is measured, as k6 knows them. */
const kept = [
  'batch',
  'batchPerHost',
  'blacklistIPs',
  'blockHostnames',
  'discardResponseBodies',
  'dns',
  'hosts',
  'insecureSkipTLSVerify',
  'localIPs',
  'maxRedirects',
  'noConnectionReuse',
  'noCookiesReset',
  'noVUConnectionReuse',
  'setupTimeout',
  'summaryTimeUnit',
  'summaryTrendStats',
  'tags',
  'teardownTimeout',
  'throw',
  'tlsAuth',
  'tlsCipherSuites',
  'tlsVersion',
  'userAgent',
] as const;

/** Options without any effect on what is measured; nobody need hear of them. */
const harmless = ['cloud', 'ext', 'linger', 'noSetup', 'noTeardown', 'paused', 'thresholds'];

type Options = Readonly<Record<string, unknown>>;

/** What of a script's options holds, and the names of those that the schedule of a run replaces. */
export interface SplitOptions {
  readonly kept: Options;
  readonly replaced: readonly string[];
}

/**
 * Splits a script's options. Load is the schedule's: `vus`, `duration`, `iterations`, `stages`, `rps` and the executors of
 * `scenarios` are replaced, and so is what would change the rows (`systemTags`) or the pace (`minIterationDuration`).
 */
export function splitOptions(options: unknown): SplitOptions {
  const all = isRecord(options) ? options : {};
  const known = new Set<string>([...kept, ...harmless]);
  const holds = kept.filter((name) => all[name] !== undefined && all[name] !== null);
  const replaced = Object.keys(all).filter((name) => !known.has(name) && name !== 'scenarios');
  return {
    kept: Object.fromEntries(holds.map((name) => [name, all[name]])),
    replaced: [...replaced, ...executorsIn(all['scenarios'])],
  };
}

function executorsIn(scenarios: unknown): string[] {
  if (!isRecord(scenarios)) return [];
  return Object.entries(scenarios).flatMap(([name, scenario]) =>
    isRecord(scenario) && typeof scenario['executor'] === 'string'
      ? [`scenarios.${name}.executor (${scenario['executor']})`]
      : [],
  );
}

/**
 * The thresholds of a script, one copy for each target, as all of them are measured by one k6. A threshold that would end
 * the test is judged at its end: a broken one must not take the other targets' samples.
 */
export function thresholdsByTarget(
  options: unknown,
  targets: readonly string[],
): Record<string, unknown> {
  const thresholds = isRecord(options) ? options['thresholds'] : undefined;
  if (!isRecord(thresholds)) return {};
  return Object.fromEntries(
    Object.entries(thresholds).flatMap(([metric, limits]) =>
      targets.map((target) => [
        narrowed(metric, `bench_target:${encodeURIComponent(target)}`),
        withoutAbort(limits),
      ]),
    ),
  );
}

/** `http_req_duration{name:x}` → `http_req_duration{name:x,bench_target:a}`. */
function narrowed(metric: string, tag: string): string {
  const [, name = metric, inner = ''] = /^([^{]*)\{(.*)\}\s*$/s.exec(metric) ?? [];
  return `${name}{${inner.trim() === '' ? '' : `${inner},`}${tag}}`;
}

function withoutAbort(limits: unknown): unknown {
  const list: unknown[] = Array.isArray(limits) ? limits : [limits];
  return list.map((limit) => (isRecord(limit) ? limit['threshold'] : limit));
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
