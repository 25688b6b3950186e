import type { Plan } from '../plan/plan.ts';
import { otherRequests, stepAmong } from '../base/step-names.ts';
import { blockKey } from './block-tally.ts';
import { CellBuilder } from './cell-builder.ts';
import type { Extra, SampleSink } from './extra.ts';
import type { BlockOutcome, Outcomes } from './outcome.ts';
import { most } from './limits.ts';
import type { Sample } from './sample.ts';
import type { Series, StaleReads } from './series.ts';
import { isSuperseded } from './superseded.ts';

/** Groups the samples of a run. Hand `from(vantage)` to the reader of each vantage's rows, then take the results. */
export interface SeriesCollector {
  from(vantage: string): SampleSink;
  /** There were more figures than are kept: what came after is not in the series. */
  readonly isFull: boolean;
  /** In the plan's order: a warm series for everything planned, even if empty; a cold one where there are such requests. */
  series(): Series[];
  /** Only where the script checks its reads. */
  staleReads(): StaleReads[];
}

/** `mostFigures`: how many latencies and figures of servers are kept at most. */
export function collectSeries(
  plan: Plan,
  outcomes: Outcomes,
  mostFigures: number = most.figures,
): SeriesCollector {
  const cells = new Cells(plan);
  const stale = new StaleCounts();
  let figures = 0;
  return {
    get isFull() {
      return figures > mostFigures;
    },
    from: (vantage) => {
      const kept = keptBlocks(outcomes, vantage);
      return {
        sample: (sample) => {
          const block = kept(sample.target, sample.scenario, sample.round, sample.atUs);
          if (block === undefined) return;
          figures += 1 + figuresOf(sample);
          if (figures > mostFigures) return;
          const cell = cells.of(vantage, sample.target, sample.scenario, sample.step);
          if (isSuperseded(plan, sample.round)) cell.exclude(sample);
          else cell.add(sample, block.valid, plan.requestTimeoutMs);
        },
        extra: (extra) => {
          if (extra.metric !== 'stale_reads' || extra.block === undefined) return;
          const { target, scenario, round } = extra.block;
          const block = kept(target, scenario, round, extra.atUs);
          if (block?.valid === true && !isSuperseded(plan, round))
            stale.count(vantage, target, scenario, extra);
        },
      };
    },
    series: () => cells.all().flatMap((cell) => cell.series()),
    staleReads: () => stale.all(),
  };
}

/** What the server said of it, in figures. */
const figuresOf = ({ server }: Sample): number =>
  server === undefined ? 0 : 5 + (server.parts?.size ?? 0);

type FindKept = (
  target: string,
  scenario: string,
  round: number,
  atUs: number,
) => BlockOutcome | undefined;

function keptBlocks({ blocks }: Outcomes, vantage: string): FindKept {
  const byKey = new Map(
    blocks
      .filter((block) => block.vantage === vantage)
      .map((block) => [blockKey(block.target, block.scenario, block.round), block]),
  );
  // Nearly every sample is of the same block as the one before it, and keys are slow to build.
  let last: { target: string; scenario: string; round: number; block?: BlockOutcome } | undefined;
  return (target, scenario, round, atUs) => {
    if (last?.target !== target || last.scenario !== scenario || last.round !== round) {
      const block = byKey.get(blockKey(target, scenario, round));
      last = { target, scenario, round, ...(block === undefined ? {} : { block }) };
    }
    const { block } = last;
    if (block === undefined) return undefined;
    return atUs >= block.keep_from_us && atUs <= block.end_us ? block : undefined;
  };
}

class Cells {
  private readonly builders = new Map<string, CellBuilder>();
  /** Scenarios whose requests are summarised step by step. */
  private readonly inSteps: ReadonlySet<string>;
  /** The rows of users' own scripts. */
  private readonly ownSteps: ReadonlyMap<string, ReadonlySet<string>>;
  /** Of the others. */
  private readonly seen = new Map<string, Set<string>>();
  private last:
    | { vantage: string; target: string; scenario: string; step: string; cell: CellBuilder }
    | undefined;

  constructor({ scenarios, targets, vantages }: Plan) {
    this.inSteps = new Set(scenarios.filter((s) => s.steps.length > 1).map(({ name }) => name));
    this.ownSteps = new Map(
      scenarios.filter(({ own }) => own === true).map(({ name, steps }) => [name, new Set(steps)]),
    );
    for (const { name: scenario, steps } of scenarios)
      for (const step of steps.length > 0 ? steps : [''])
        for (const { name: target } of targets)
          for (const vantage of vantages) this.find(vantage, target, scenario, step);
  }

  of(vantage: string, target: string, scenario: string, step: string): CellBuilder {
    const { last } = this;
    if (
      last?.target === target &&
      last.vantage === vantage &&
      last.scenario === scenario &&
      last.step === step
    )
      return last.cell;
    const cell = this.find(vantage, target, scenario, step);
    this.last = { vantage, target, scenario, step, cell };
    return cell;
  }

  private find(vantage: string, target: string, scenario: string, saidStep: string): CellBuilder {
    return this.builder(vantage, target, scenario, this.rowOf(scenario, saidStep));
  }

  /** The step under which a request is summarised. */
  private rowOf(scenario: string, step: string): string {
    if (!this.inSteps.has(scenario)) return '';
    const own = this.ownSteps.get(scenario);
    if (own !== undefined) return stepAmong(own, step);
    // Steps that nobody planned are shown too, unless they are names that never repeat.
    const seen = this.seen.get(scenario) ?? new Set();
    this.seen.set(scenario, seen);
    if (seen.has(step) || seen.size >= most.steps) return seen.has(step) ? step : otherRequests;
    seen.add(step);
    return step;
  }

  private builder(vantage: string, target: string, scenario: string, step: string): CellBuilder {
    const key = `${vantage}\n${target}\n${scenario}\n${step}`;
    const known = this.builders.get(key);
    if (known !== undefined) return known;
    const builder = new CellBuilder({ target, vantage, scenario, step });
    this.builders.set(key, builder);
    return builder;
  }

  all(): CellBuilder[] {
    return [...this.builders.values()];
  }
}

class StaleCounts {
  private readonly counts = new Map<string, { -readonly [K in keyof StaleReads]: StaleReads[K] }>();

  count(vantage: string, target: string, scenario: string, { value }: Extra): void {
    const key = `${vantage}\n${target}\n${scenario}`;
    const known = this.counts.get(key) ?? { target, vantage, scenario, reads: 0, stale: 0 };
    known.reads++;
    if (value > 0) known.stale++;
    this.counts.set(key, known);
  }

  all(): StaleReads[] {
    return [...this.counts.values()];
  }
}
