import { most } from './limits.ts';
import type { ServerFacts } from './sample.ts';
import type { RoundServer, Served, ServerMedians } from './series.ts';
import type { Temperature } from './usable.ts';

const factNames = ['appMs', 'dbMs', 'dbQueries', 'ageS'] as const;
type Fact = (typeof factNames)[number];
type RoundFacts = Record<Fact | 'ownMs', number[]>;

/** What the app said of one cell's answers, collected round by round. */
export class ServerSays {
  private readonly rounds: Record<Temperature, Map<number, RoundFacts>> = {
    warm: new Map(),
    cold: new Map(),
  };
  /** By the server's names of them. */
  private readonly parts = new Map<string, number[]>();
  private answers = 0;
  private unbelievable = 0;
  private readonly regions = new Map<string, number>();
  private readonly replays = new Map<string, number>();
  private readonly edges = new Map<string, number>();
  private readonly caches = new Map<string, number>();

  note(server: ServerFacts, round: number, temperature: Temperature): void {
    const facts = this.factsOf(round, temperature);
    for (const fact of factNames) {
      const value = server[fact];
      if (value !== undefined) facts[fact].push(value);
    }
    const { appMs, dbMs, region, replay, edge, cache } = server;
    // Queries that run at the same time take longer together than the app does.
    if (appMs !== undefined) facts.ownMs.push(Math.max(0, appMs - (dbMs ?? 0)));
    for (const [name, ms] of server.parts ?? []) {
      const values = this.parts.get(name);
      if (values !== undefined) values.push(ms);
      else if (this.parts.size < most.names) this.parts.set(name, [ms]);
    }
    this.answers++;
    if (server.unbelievable === true) this.unbelievable++;
    count(this.regions, region);
    count(this.replays, replay);
    count(this.edges, edge);
    count(this.caches, cache);
  }

  /** Over all rounds and both temperatures. */
  medians(): ServerMedians {
    const all = [...this.rounds.warm.values(), ...this.rounds.cold.values()];
    const medians = factNames.flatMap((fact) => {
      const value = middle(all.map((facts) => facts[fact]));
      return value === undefined ? [] : [[fact, value] as const];
    });
    const [region, edge] = [mostly(this.regions), mostly(this.edges)];
    return {
      ...Object.fromEntries(medians),
      ...(this.parts.size === 0 ? {} : { parts: this.partMedians() }),
      ...(this.unbelievable === 0 ? {} : { unbelievable: this.unbelievable }),
      ...(region === undefined ? {} : { region }),
      ...(edge === undefined ? {} : { edge }),
      ...(this.caches.size === 0 ? {} : { caches: shares(this.caches) }),
    };
  }

  round(round: number, temperature: Temperature): RoundServer | undefined {
    const facts = this.rounds[temperature].get(round);
    if (facts === undefined) return undefined;
    const known = (['appMs', 'dbMs', 'ownMs', 'dbQueries'] as const).flatMap((fact) => {
      const value = middle([facts[fact]]);
      return value === undefined ? [] : [[fact, value] as const];
    });
    return known.length === 0 ? undefined : Object.fromEntries(known);
  }

  served(): Served | undefined {
    if (this.answers === 0) return undefined;
    const [regions, replays] = [this.regions, this.replays].map((map) => Object.fromEntries(map));
    return { answers: this.answers, regions: regions ?? {}, replays: replays ?? {} };
  }

  private partMedians(): NonNullable<ServerMedians['parts']> {
    return [...this.parts].map(([name, values]) => ({
      ...{ name, ms: middle([values]) ?? 0, answers: values.length },
    }));
  }

  private factsOf(round: number, temperature: Temperature): RoundFacts {
    const rounds = this.rounds[temperature];
    let facts = rounds.get(round);
    if (facts === undefined) {
      facts = { appMs: [], dbMs: [], dbQueries: [], ageS: [], ownMs: [] };
      rounds.set(round, facts);
    }
    return facts;
  }
}

function count(map: Map<string, number>, key: string | undefined): void {
  if (key === undefined || key === '') return;
  const known = map.get(key);
  // Names that never repeat say nothing.
  if (known !== undefined || map.size < most.names) map.set(key, (known ?? 0) + 1);
}

const byCount = (map: ReadonlyMap<string, number>) => [...map].sort(([, a], [, b]) => b - a);
const mostly = (map: ReadonlyMap<string, number>): string | undefined => byCount(map)[0]?.[0];
const shares = (map: ReadonlyMap<string, number>) =>
  byCount(map).map(([said, answers]) => ({ said, answers }));

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
