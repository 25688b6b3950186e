import type { Millis } from '../base/units.ts';
import type { Sample } from './sample.ts';
import { metricName, type Cell, type Series } from './series.ts';
import { ServerSays } from './server-says.ts';
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
    const warm = this.seriesOf('warm');
    const cold = this.seriesOf('cold');
    return cold.rounds.length + cold.excluded > 0 ? [warm, cold] : [warm];
  }

  private seriesOf(temperature: Temperature): Series {
    const rounds = [...this.rounds[temperature]].sort(([a], [b]) => a - b);
    const served = this.says.served();
    return {
      ...this.place,
      metric: metricName(temperature, this.place.step),
      temperature,
      rounds: rounds.map(([round, values]) => {
        const server = this.says.round(round, temperature);
        return { round, values, ...(server === undefined ? {} : { server }) };
      }),
      errors: this.errors,
      excluded: this.excluded[temperature],
      server: this.says.medians(),
      ...(served === undefined ? {} : { served }),
    };
  }
}
