import { percentDecoded } from '../base/percent-decoded.ts';
import { otherRequests, stepsFor } from '../base/step-names.ts';
import type { Warning } from '../base/warnings.ts';
import type { Plan, PlannedScenario } from '../plan/plan.ts';
import { blockKey } from './block-tally.ts';
import type { BlockTag, Extra, SampleSink } from './extra.ts';

/** What one vantage's rows show of users' own scripts; hand it to the reader of the rows. */
export interface ScriptTally extends SampleSink {
  /** Scenario → request → how often it occurred, in the order in which they first did. */
  requests(): ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Checks that failed, iterations that threw, functions beside them that did. */
  warnings(): Warning[];
}

type Cell = Pick<BlockTag, 'target' | 'scenario'>;
interface Check extends Cell {
  readonly check: string;
  failed: number;
  of: number;
}
interface Thrown extends Cell {
  readonly errors: Map<string, number>;
}

/** Of different requests of a script, checks, and errors in a cell: names that never repeat must not fill the memory. */
const mostNames = 2000;
const mostErrors = 100;
const otherErrors = 'other errors';

/** Where a count for it is, or may be begun. */
const hasRoom = (map: ReadonlyMap<string, unknown>, key: string, atMost: number): boolean =>
  map.size < atMost || map.has(key);

/** Counts over whole blocks, warm-up included: a script's fault is one at any time. */
export function tallyScripts(plan: Plan, vantage: string): ScriptTally {
  const own = new Set(plan.scenarios.filter((s) => s.own === true).map(({ name }) => name));
  const requests = new Map([...own].map((name) => [name, new Map<string, number>()]));
  const checks = new Map<string, Check>();
  const thrown = new Map<string, Thrown>();
  const trouble = new Map<string, Warning>();
  const sinks: Readonly<Record<string, (extra: Extra, block: BlockTag) => void>> = {
    checks: (extra, block) => {
      const { target, scenario } = block;
      const check = percentDecoded(extra.tags['bench_check'] ?? '');
      const key = `${cellKey(block)}\n${check}`;
      if (!hasRoom(checks, key, mostNames)) return;
      const counted = checks.get(key) ?? { target, scenario, check, failed: 0, of: 0 };
      counted.of++;
      if (extra.value === 0) counted.failed++;
      checks.set(key, counted);
    },
    bench_exceptions: (extra, block) => {
      const { target, scenario } = block;
      const error = percentDecoded(extra.tags['bench_error'] ?? '');
      const counted = thrown.get(cellKey(block)) ?? {
        ...{ target, scenario },
        errors: new Map<string, number>(),
      };
      // Beyond that many, all that matters is how often it threw.
      const { errors } = counted;
      const key = hasRoom(errors, error, mostErrors) ? error : otherErrors;
      errors.set(key, (errors.get(key) ?? 0) + 1);
      thrown.set(cellKey(block), counted);
    },
  };
  return {
    sample: ({ scenario, step }) => {
      const counts = requests.get(scenario);
      if (counts === undefined) return;
      const key = hasRoom(counts, step, mostNames) ? step : otherRequests;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    extra: (extra) => {
      const { metric, block, tags } = extra;
      if (metric === 'bench_script_trouble') {
        const where = tags['bench_where'] ?? '';
        const error = percentDecoded(tags['bench_error'] ?? '');
        if (hasRoom(trouble, `${where}\n${error}`, mostErrors))
          trouble.set(`${where}\n${error}`, { code: 'script-trouble', vantage, where, error });
      } else if (block !== undefined && own.has(block.scenario)) sinks[metric]?.(extra, block);
    },
    requests: () => requests,
    warnings: () => [
      ...[...checks.values()]
        .filter(({ failed }) => failed > 0)
        .map((check): Warning => ({ code: 'checks-failed', vantage, ...check })),
      ...[...thrown.values()].map((one) => exceptions(plan, vantage, one)),
      ...trouble.values(),
    ],
  };
}

/** A plan whose own scripts list the requests that were seen. */
export function withRequests(
  plan: Plan,
  requests: ReadonlyMap<string, ReadonlyMap<string, number>>,
): Plan {
  const scenarios = plan.scenarios.map((scenario): PlannedScenario => {
    const seen = requests.get(scenario.name);
    if (seen === undefined || seen.size === 0) return scenario;
    const before = scenario.steps.filter((step) => step !== '');
    // What the trial saw comes first, in its order.
    const ordered = new Map([...before.map((step) => [step, 0] as const), ...seen]);
    const steps = stepsFor(ordered);
    // One row alone needs no name.
    const [headline = ''] = steps.length > 1 ? steps : [''];
    return { ...scenario, steps: steps.length > 1 ? steps : [''], headline };
  });
  return { ...plan, scenarios };
}

function exceptions(plan: Plan, vantage: string, { target, scenario, errors }: Thrown): Warning {
  const [most = ['', 0] as const] = [...errors].sort(([, a], [, b]) => b - a);
  const planned = plan.blocks.filter((b) => b.target === target && b.scenario === scenario);
  return {
    ...{ code: 'script-exceptions', vantage, target, scenario, error: most[0] },
    failed: [...errors.values()].reduce((sum, n) => sum + n, 0),
    of: planned.reduce(
      (sum, { warmUpMs, keepMs }) => sum + Math.round(((warmUpMs + keepMs) * plan.rate) / 1000),
      0,
    ),
  };
}

const cellKey = ({ target, scenario }: Cell): string => blockKey(target, scenario, 0);
