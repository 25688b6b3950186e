import type { ServerFacts } from './sample.ts';
import type { RoundServer, Served, ServerMedians } from './series.ts';
import type { Temperature } from './usable.ts';

const factNames = ['appMs', 'dbMs', 'dbQueries'] as const;
type Fact = (typeof factNames)[number];
type RoundFacts = Record<Fact | 'ownMs', number[]>;

/** What the app said of one cell's answers, collected round by round. */
export class ServerSays {
  private readonly rounds: Record<Temperature, Map<number, RoundFacts>> = {
    warm: new Map(),
    cold: new Map(),
  };
  private answers = 0;
  private readonly regions = new Map<string, number>();
  private readonly replays = new Map<string, number>();

  note(server: ServerFacts, round: number, temperature: Temperature): void {
    const facts = this.factsOf(round, temperature);
    for (const fact of factNames) {
      const value = server[fact];
      if (value !== undefined) facts[fact].push(value);
    }
    const { appMs, dbMs, region, replay } = server;
    // Queries that run at the same time take longer together than the app does.
    if (appMs !== undefined) facts.ownMs.push(Math.max(0, appMs - (dbMs ?? 0)));
    this.answers++;
    count(this.regions, region);
    count(this.replays, replay);
  }

  /** Over all rounds and both temperatures. */
  medians(): ServerMedians {
    const all = [...this.rounds.warm.values(), ...this.rounds.cold.values()];
    const medians = factNames.flatMap((fact) => {
      const value = middle(all.map((facts) => facts[fact]));
      return value === undefined ? [] : [[fact, value] as const];
    });
    const [mostly] = [...this.regions].sort(([, a], [, b]) => b - a);
    return { ...Object.fromEntries(medians), ...(mostly ? { region: mostly[0] } : {}) };
  }

  round(round: number, temperature: Temperature): RoundServer | undefined {
    const facts = this.rounds[temperature].get(round);
    if (facts === undefined || facts.appMs.length === 0) return undefined;
    const of = (values: readonly number[]) => middle([values]) ?? 0;
    return {
      appMs: of(facts.appMs),
      dbMs: of(facts.dbMs),
      ownMs: of(facts.ownMs),
      dbQueries: of(facts.dbQueries),
    };
  }

  served(): Served | undefined {
    if (this.answers === 0) return undefined;
    const [regions, replays] = [this.regions, this.replays].map((map) => Object.fromEntries(map));
    return { answers: this.answers, regions: regions ?? {}, replays: replays ?? {} };
  }

  private factsOf(round: number, temperature: Temperature): RoundFacts {
    const rounds = this.rounds[temperature];
    let facts = rounds.get(round);
    if (facts === undefined) {
      facts = { appMs: [], dbMs: [], dbQueries: [], ownMs: [] };
      rounds.set(round, facts);
    }
    return facts;
  }
}

function count(map: Map<string, number>, key: string | undefined): void {
  if (key !== undefined && key !== '') map.set(key, (map.get(key) ?? 0) + 1);
}

/** The upper median of all parts: one of the values, so that a number of queries stays whole. Undefined for no values. */
function middle(parts: readonly (readonly number[])[]): number | undefined {
  const values = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    values.set(part, at);
    at += part.length;
  }
  return values.sort()[at >> 1];
}
