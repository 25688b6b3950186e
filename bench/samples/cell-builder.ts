import type { Millis } from '../base/units.ts';
import type { Sample } from './sample.ts';
import { metricName, type Cell, type Series } from './series.ts';
import { ServerSays } from './server-says.ts';
import { temperatureOf, ttfbMs, useOf, type Temperature } from './usable.ts';

type Common = Pick<Series, 'errors' | 'server' | 'served'>;
type Place = Omit<Cell, 'metric'> & { readonly step: string };

/** Collects the requests of one target, vantage, scenario and step into its warm and its cold series. */
export class CellBuilder {
  private errors = 0;
  private readonly excluded: Record<Temperature, number> = { warm: 0, cold: 0 };
  private readonly rounds: Record<Temperature, Map<number, Millis[]>> = {
    warm: new Map(),
    cold: new Map(),
  };
  private readonly says = new ServerSays();
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
      if (sample.server !== undefined) this.says.note(sample.server, sample.round, use);
    }
  }

  series(): Series[] {
    const served = this.says.served();
    // What is the same for both is computed once: the medians take a sort of everything that was said.
    const common = {
      ...{ errors: this.errors, server: this.says.medians() },
      ...(served === undefined ? {} : { served }),
    };
    const warm = this.seriesOf('warm', common);
    const cold = this.seriesOf('cold', common);
    return cold.rounds.length + cold.excluded > 0 ? [warm, cold] : [warm];
  }

  private seriesOf(temperature: Temperature, common: Common): Series {
    const rounds = [...this.rounds[temperature]].sort(([a], [b]) => a - b);
    return {
      ...this.place,
      metric: metricName(temperature, this.place.step),
      temperature,
      rounds: rounds.map(([round, values]) => {
        const server = this.says.round(round, temperature);
        return { round, values, ...(server === undefined ? {} : { server }) };
      }),
      excluded: this.excluded[temperature],
      ...common,
    };
  }
}
