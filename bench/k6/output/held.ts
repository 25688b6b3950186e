import type { Sample, ServerFacts } from '../../samples/sample.ts';
import type { Origin } from './metadata.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Fact = 'appMs' | 'dbMs' | 'dbQueries';
/** A sample whose facts may still come. */
export type Draft = Mutable<Sample>;

interface Held {
  iter: number;
  readonly drafts: Draft[];
}

/** A script that never ends its iteration must not fill the memory; its facts come at once after each request. */
const MAX_HELD = 64;

/**
 * Holds the requests of every virtual user's present iteration back, because what the script says of an answer
 * follows it, mixed with the rows of other users. Let go when the user's next iteration shows.
 */
export class HeldRequests {
  private readonly byVu = new Map<number, Held>();
  private readonly letGo: (sample: Sample) => void;

  constructor(letGo: (sample: Sample) => void) {
    this.letGo = letGo;
  }

  hold(draft: Draft, { vu, iter }: Origin): void {
    if (Number.isNaN(vu) || Number.isNaN(iter)) {
      this.letGo(draft);
      return;
    }
    const held = this.byVu.get(vu);
    if (held === undefined) {
      this.byVu.set(vu, { iter, drafts: [draft] });
      return;
    }
    if (held.iter !== iter) this.release(held);
    else if (held.drafts.length === MAX_HELD) this.letGo(held.drafts.shift() as Sample);
    held.iter = iter;
    held.drafts.push(draft);
  }

  /** Gives a fact to the latest request of that iteration and step that lacks it; false if there is none. */
  tell(fact: Fact, value: number, step: string, tags: Tagged, { vu, iter }: Origin): boolean {
    const held = this.byVu.get(vu);
    if (held?.iter !== iter) return false;
    // After a redirect it is the last answer that the script saw.
    const draft = held.drafts.findLast((d) => d.step === step && d.server?.[fact] === undefined);
    if (draft === undefined) return false;
    const server: Mutable<ServerFacts> = draft.server ?? {};
    server[fact] = value;
    if (tags['served'] !== undefined) server.region = tags['served'];
    if (tags['cache'] !== undefined) server.cache = tags['cache'];
    if (tags['replay'] !== undefined) server.replay = tags['replay'];
    draft.server = server;
    return true;
  }

  releaseAll(): void {
    for (const held of this.byVu.values()) this.release(held);
    this.byVu.clear();
  }

  private release(held: Held): void {
    for (const draft of held.drafts) this.letGo(draft);
    held.drafts.length = 0;
  }
}

type Tagged = Readonly<Record<string, string>>;
