import type { Millis } from '../base/units.ts';
import type { Sample, ServerFacts } from './sample.ts';
import { metricName, type Cell, type Series, type ServerMedians } from './series.ts';
import { temperatureOf, ttfbMs, useOf, type Temperature } from './usable.ts';

type Place = Omit<Cell, 'metric'> & { readonly step: string };

/** Collects the requests of one target, vantage, scenario and step into its warm and its cold series. */
export class CellBuilder {
  private errors = 0;
  private readonly excluded: Record<Temperature, number> = { warm: 0, cold: 0 };
  private readonly rounds: Record<Temperature, Map<number, Millis[]>> = {
    warm: new Map(),
    cold: new Map(),
  };
  private readonly facts = { appMs: [], dbMs: [], dbQueries: [] } as Record<Fact, number[]>;
  private readonly served = new Map<string, number>();
  private readonly place: Place;

  constructor(place: Place) {
    this.place = place;
  }

  /** `counts`: whether the request's round is valid. */
  add(sample: Sample, counts: boolean, requestTimeoutMs: Millis): void {
    const use = useOf(sample, requestTimeoutMs);
    if (use === 'failed') this.errors++;
    else if (use === 'implausible' || !counts) this.excluded[temperatureOf(sample)]++;
    else {
      const rounds = this.rounds[use];
      const values = rounds.get(sample.round);
      if (values === undefined) rounds.set(sample.round, [ttfbMs(sample, use)]);
      else values.push(ttfbMs(sample, use));
      if (sample.server !== undefined) this.note(sample.server);
    }
  }

  series(): Series[] {
    const warm = this.seriesOf('warm');
    const cold = this.seriesOf('cold');
    return cold.rounds.length + cold.excluded > 0 ? [warm, cold] : [warm];
  }

  private note(server: ServerFacts): void {
    for (const fact of factNames) {
      const value = server[fact];
      if (value !== undefined) this.facts[fact].push(value);
    }
    const { region } = server;
    if (region !== undefined && region !== '')
      this.served.set(region, (this.served.get(region) ?? 0) + 1);
  }

  private seriesOf(temperature: Temperature): Series {
    const rounds = [...this.rounds[temperature]].sort(([a], [b]) => a - b);
    return {
      ...this.place,
      metric: metricName(temperature, this.place.step),
      temperature,
      rounds: rounds.map(([round, values]) => ({ round, values })),
      errors: this.errors,
      excluded: this.excluded[temperature],
      server: this.medians(),
    };
  }

  private medians(): ServerMedians {
    const medians = factNames.flatMap((fact) => {
      const values = this.facts[fact];
      return values.length === 0 ? [] : [[fact, middle(values)] as const];
    });
    const [mostly] = [...this.served].sort(([, a], [, b]) => b - a);
    return { ...Object.fromEntries(medians), ...(mostly ? { region: mostly[0] } : {}) };
  }
}

const factNames = ['appMs', 'dbMs', 'dbQueries'] as const;
type Fact = (typeof factNames)[number];

/** The upper median: one of the values, so that a number of queries stays whole. */
function middle(values: readonly number[]): number {
  return Float64Array.from(values).sort()[values.length >> 1] ?? NaN;
}
