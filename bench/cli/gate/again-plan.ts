import { BenchError } from '../../base/errors.ts';
import { maskUrls, secretMark } from '../../base/secrets.ts';
import type { Plan, PlannedScenario, PlannedTarget } from '../../plan/plan.ts';
import type { Manifest } from '../../samples/manifest.ts';
import { scenarios as shipped } from '../../scenarios/index.ts';
import { regions } from '../../world/regions.ts';
import { regionOf, wantedOf } from '../../world/vantage.ts';
import type { NamedNow } from './named-now.ts';

/** A plan of which nothing is executed or visited that the user did not name, save what they have yet to agree to. */
export interface AgainPlan {
  readonly plan: Plan;
  /** URLs that only the run folder names, as `name (URL)`. */
  readonly unnamed: readonly string[];
}

/**
 * Makes the plan of a run folder safe to be carried out: the workloads are those that ship, or the script that the user
 * names now; figures are within what `bench run` itself accepts. Throws a BenchError (usage) where that leaves nothing to
 * measure with. Pure.
 */
export function againPlan(manifest: Manifest, named: NamedNow): AgainPlan {
  const { plan } = manifest;
  checkFigures(plan, manifest.rtt);
  checkRegions(manifest);
  const scenarios = plan.scenarios.map((scenario) => knownScenario(scenario, named));
  const targets = plan.targets.map((target) => knownTarget(target, named));
  const unnamed = targets.flatMap((target) =>
    target.kind === 'url' && target.leftOut === undefined && !isNamed(target, named)
      ? [`${target.name} (${target.url})`]
      : [],
  );
  return { plan: { ...plan, scenarios, targets }, unnamed };
}

/** The file is never the one that the folder names. */
function knownScenario(planned: PlannedScenario, named: NamedNow): PlannedScenario {
  const { script, env, secrets } = named;
  const { name, steps, headline } = planned;
  const found = shipped.find((scenario) => scenario.name === name);
  if (found !== undefined && planned.own !== true)
    return {
      ...{ name, file: found.file, steps: found.steps, headline: found.headline },
      env: Object.fromEntries(
        Object.entries(found.env).map(([key, value]) => [
          key,
          setting(planned, key, named) ?? value,
        ]),
      ),
    };
  if (script === undefined)
    throw refusal(
      `The run measured a script called ${name}, and a script that a run folder names is never run.`,
      'Name your own with --script FILE (and its settings with --env), or judge without measuring again: --no-confirm.',
    );
  const lacking = Object.keys(planned.env).filter((key) => !env.has(key));
  if (lacking.length > 0)
    throw refusal(
      `The script was given ${lacking.join(', ')}, and settings that a run folder names reach no script.`,
      `Give ${lacking.length === 1 ? 'it' : 'them'} again: ${lacking.map((key) => again(planned, key)).join(' ')}.`,
    );
  return {
    ...{ name, file: script, steps, headline, own: true, env: Object.fromEntries(env) },
    ...(secrets.size === 0 ? {} : { secrets: Object.fromEntries(secrets) }),
  };
}

/** A secret is best taken from the environment. */
const again = ({ env }: PlannedScenario, key: string): string =>
  env[key] === secretMark ? `--env ${key} (with ${key} in the environment)` : `--env ${key}=…`;

/** The one setting of the shipped workloads is a number of queries. */
function setting({ env }: PlannedScenario, key: string, named: NamedNow): string | undefined {
  const kept = Object.hasOwn(env, key) ? env[key] : undefined;
  // What the run says of where it is to be found is not followed, as it also says where it is sent.
  const value = kept === secretMark ? named.env.get(key) : kept;
  if (kept === secretMark && value === undefined)
    throw refusal(
      `The run does not keep the value of ${key}, which is secret.`,
      `Set ${key} in the environment and say --env ${key}, or hand over a second run with --confirmation DIR.`,
    );
  if (value === undefined) return undefined;
  const n = Number(value);
  if (Number.isInteger(n) && n >= 1 && n <= 20) return String(n);
  throw unlikeOurs(`${key} is ${JSON.stringify(value)}`);
}

function knownTarget(target: PlannedTarget, { targets }: NamedNow): PlannedTarget {
  const { name } = target;
  if (target.kind === 'topology') {
    const names = [name, target.copyOf ?? name, target.sameAs ?? name];
    if (names.every((each) => /^[a-z0-9][a-z0-9-]{0,60}$/.test(each))) return target;
    throw unlikeOurs(`a topology is called ${JSON.stringify(name)}`);
  }
  if (target.leftOut !== undefined) return target;
  const now = targets.get(name) ?? targets.get(name.replace(/-again$/, ''));
  if (now === undefined && target.url.includes(secretMark))
    throw refusal(
      `The URL of ${name} had a secret in it, which the run does not keep.`,
      `Name it again with --target ${name}=URL, or hand over a second run with --confirmation DIR.`,
    );
  if (now !== undefined && maskUrls(now) !== maskUrls(target.url))
    throw refusal(
      `${name} is ${maskUrls(now)} now, and was ${maskUrls(target.url)} when it was measured.`,
      'Name the deployment that was measured, or measure the new one with bench run.',
    );
  const url = now ?? target.url;
  if (URL.canParse(url) && isPlain(new URL(url))) return { ...target, url };
  throw unlikeOurs(`${name} has the URL ${JSON.stringify(target.url)}`);
}

const isPlain = ({ protocol, username, password }: URL): boolean =>
  /^https?:$/.test(protocol) && username === '' && password === '';

const isNamed = ({ name }: PlannedTarget, { targets }: NamedNow): boolean =>
  targets.has(name) || targets.has(name.replace(/-again$/, ''));

const between = (value: number, least: number, most: number): boolean =>
  value >= least && value <= most;

const hour = 3_600_000;

/** The bounds of flags and settings, and for what follows from them wider ones. */
function checkFigures(
  { rounds, rate, vus, requestTimeoutMs, blocks, targets }: Plan,
  rtt: Manifest['rtt'],
) {
  const problems = [
    between(rounds, 1, 2000) ? '' : `${rounds} rounds`,
    between(rate, 1, 1000) && Number.isInteger(rate) ? '' : `a rate of ${rate}/s`,
    between(vus, 1, 100_000) && Number.isInteger(vus) ? '' : `${vus} virtual users`,
    between(requestTimeoutMs, 1, hour) ? '' : `a timeout of ${requestTimeoutMs} ms`,
    between(blocks.length, 1, 1_000_000) ? '' : `${blocks.length} blocks`,
    blocks.every(({ warmUpMs, keepMs, drainMs }) =>
      [warmUpMs, keepMs, drainMs].every((ms) => between(ms, 0, hour)),
    )
      ? ''
      : 'a block of hours',
    [...Object.values(rtt).map(({ ms }) => ms), ...targets.flatMap(ownRtt)].every((ms) =>
      between(ms, 0, 2000),
    )
      ? ''
      : 'a distance beyond 2000 ms',
  ].filter((text) => text !== '');
  if (problems.length > 0) throw unlikeOurs(`it has ${problems.join(', ')}`);
}

const ownRtt = (target: PlannedTarget): readonly number[] =>
  target.kind === 'topology' ? Object.values(target.rtt ?? {}) : [];

/** Regions become names of folders and machines. */
function checkRegions({ plan, regions: more = {} }: Manifest): void {
  const codes = [plan.primary, ...plan.vantages.flatMap((v) => [regionOf(v), wantedOf(v)])];
  const odd = codes.find(
    (code) =>
      !/^[a-z]{3}$/.test(code) ||
      !(regions.has(code) || Object.hasOwn(more, code) || isWanted(code, plan)),
  );
  if (odd !== undefined) throw unlikeOurs(`a region is called ${JSON.stringify(odd)}`);
}

/** A retired region is only where somebody wanted to measure. */
const isWanted = (code: string, { vantages }: Plan): boolean =>
  vantages.some((vantage) => wantedOf(vantage) === code && regionOf(vantage) !== code);

const refusal = (what: string, fix: string): BenchError => new BenchError('usage', what, fix);

const unlikeOurs = (what: string): BenchError =>
  refusal(
    `The plan in the run folder is none that bench makes: ${what}.`,
    'Measure a second run yourself, and hand it over with --confirmation DIR, or leave it: --no-confirm.',
  );
