import type { Millis } from '../base/units.ts';
import type { Sample, ServerFacts } from './sample.ts';
import { metricName, type Cell, type Series } from './series.ts';
import { ServerSays } from './server-says.ts';
import { isUnfinished, temperatureOf, ttfbMs, useOf, type Temperature } from './usable.ts';

type Common = Pick<Series, 'errors' | 'server' | 'served'>;

/** What a round collects. */
interface Collected {
  readonly values: Millis[];
  cut: number;
  cutFromMs: Millis;
  unfinished: number;
}
type Place = Omit<Cell, 'metric'> & { readonly step: string };

/** Collects the requests of one target, vantage, scenario and step into its warm and its cold series. */
export class CellBuilder {
  private errors = 0;
  private readonly excluded: Record<Temperature, number> = { warm: 0, cold: 0 };
  private readonly rounds: Record<Temperature, Map<number, Collected>> = {
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
    const temperature = temperatureOf(sample);
    if (use === 'failed' || use === 'cut') this.errors++;
    if (use === 'failed') return;
    if (use === 'implausible' || !counts) this.excluded[temperature]++;
    else this.keep(sample, temperature, use === 'cut');
  }

  /** Of a round that was measured again nothing counts, errors neither. */
  exclude(sample: Sample): void {
    this.excluded[temperatureOf(sample)]++;
  }

  private keep(sample: Sample, temperature: Temperature, isCut: boolean): void {
    const ms = ttfbMs(sample, temperature);
    const round = this.roundOf(sample.round, temperature);
    round.values.push(ms);
    if (isUnfinished(sample)) round.unfinished++;
    if (isCut) {
      round.cut++;
      round.cutFromMs = Math.min(round.cutFromMs, ms);
    } else if (sample.server !== undefined)
      this.says.note(believable(sample.server, sample), sample.round, temperature);
  }

  private roundOf(round: number, temperature: Temperature): Collected {
    const rounds = this.rounds[temperature];
    const known = rounds.get(round);
    if (known !== undefined) return known;
    const collected = { values: [], cut: 0, cutFromMs: Infinity, unfinished: 0 };
    rounds.set(round, collected);
    return collected;
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
      rounds: rounds.map(([round, { values, cut, cutFromMs }]) => {
        const server = this.says.round(round, temperature);
        return {
          ...{ round, values },
          ...(cut === 0 ? {} : { cutFromMs }),
          ...(server === undefined ? {} : { server }),
        };
      }),
      ...counted('cut', rounds),
      ...counted('unfinished', rounds),
      excluded: this.excluded[temperature],
      ...common,
    };
  }
}

/**
 * An app that took more than twice as long as the whole answer did not spend that on this one: it is the answer of a
 * cache, or no time at all. Times of single queries may add up to more, as they run side by side.
 */
function believable(server: ServerFacts, sample: Sample): ServerFacts {
  const { blockedMs, sendingMs, waitingMs, receivingMs } = sample;
  const wholeMs = blockedMs + sendingMs + waitingMs + receivingMs;
  if (server.appMs === undefined || server.appMs <= 2 * wholeMs + 10) return server;
  const { region, edge, cache, ageS, replay } = server;
  return {
    ...(region === undefined ? {} : { region }),
    ...(edge === undefined ? {} : { edge }),
    ...(cache === undefined ? {} : { cache }),
    ...(ageS === undefined ? {} : { ageS }),
    ...(replay === undefined ? {} : { replay }),
    unbelievable: true,
  };
}

/** Absent for none. */
function counted(
  what: 'cut' | 'unfinished',
  rounds: readonly (readonly [number, Collected])[],
): Pick<Series, 'cut' | 'unfinished'> {
  const n = rounds.reduce((sum, [, round]) => sum + round[what], 0);
  return n === 0 ? {} : { [what]: n };
}
