import type { Sample, ServerFacts } from '../../samples/sample.ts';
import type { Origin } from './metadata.ts';
import type { Fact } from './metrics.ts';
import { isHop, joinHop, type Lead } from './redirects.ts';
import type { Tags } from './tags.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
/** A sample whose facts may still come. */
export type Draft = Mutable<Sample>;

interface Held {
  iter: number;
  readonly drafts: Draft[];
  /** The latest of them may be a redirect that the next request follows. */
  mayLead: Lead;
}

/** A script that never ends its iteration must not fill the memory; its facts come at once after each request. */
const MAX_HELD = 64;
/** Of all users together, and so many users: beyond, all are let go, and facts about them come too late. */
const MAX_HELD_BY_ALL = 200_000;
const MAX_USERS = 50_000;
/** Times that a server's answer can name; a script of ours hands over 16. */
const MAX_PARTS = 32;

/**
 * Holds the requests of every virtual user's present iteration back, because what the script says of an answer
 * follows it, mixed with the rows of other users. Let go when the user's next iteration shows.
 */
export class HeldRequests {
  private readonly byVu = new Map<number, Held>();
  private readonly letGo: (sample: Sample) => void;
  private holding = 0;

  constructor(letGo: (sample: Sample) => void) {
    this.letGo = letGo;
  }

  /** `mayLead`: if the request was redirected, the next of its step is where it led, and both are one. */
  hold(draft: Draft, { vu, iter }: Origin, mayLead: Lead): void {
    if (Number.isNaN(vu) || Number.isNaN(iter)) {
      this.letGo(draft);
      return;
    }
    const held = this.byVu.get(vu);
    if (held === undefined) {
      if (this.byVu.size >= MAX_USERS || this.holding >= MAX_HELD_BY_ALL) this.releaseAll();
      this.holding++;
      this.byVu.set(vu, { iter, drafts: [draft], mayLead });
      return;
    }
    const last = held.drafts.at(-1);
    if (held.iter !== iter) this.release(held);
    else if (last !== undefined && isHop(last, draft, held.mayLead)) {
      held.drafts[held.drafts.length - 1] = joinHop(last, draft);
      held.mayLead = mayLead;
      return;
    } else if (held.drafts.length === MAX_HELD || this.holding >= MAX_HELD_BY_ALL)
      this.letGoFirst(held);
    this.holding++;
    held.iter = iter;
    held.mayLead = mayLead;
    held.drafts.push(draft);
  }

  /** Gives a fact to the latest request of that iteration and step that lacks it; false if there is none. */
  tell(fact: Fact, value: number, { step, said }: Tags, { vu, iter }: Origin): boolean {
    const held = this.byVu.get(vu);
    if (held?.iter !== iter) return false;
    const draft = held.drafts.findLast((d) => d.step === step && lacks(d, fact, said.part));
    if (draft === undefined) return false;
    const { part, ...words } = said;
    const server: Mutable<ServerFacts> = Object.assign(draft.server ?? {}, words);
    if (fact === 'part') {
      if (part === undefined) return false;
      const parts = new Map(server.parts);
      if (parts.size < MAX_PARTS) server.parts = parts.set(part, value);
    } else if (fact !== 'words') server[fact] = value;
    draft.server = server;
    // The script has seen its answer: what it sends now is another request.
    if (draft === held.drafts.at(-1)) held.mayLead = 'nowhere';
    return true;
  }

  private letGoFirst({ drafts }: Held): void {
    const first = drafts.shift();
    if (first === undefined) return;
    this.holding--;
    this.letGo(first);
  }

  releaseAll(): void {
    for (const held of this.byVu.values()) this.release(held);
    this.byVu.clear();
  }

  private release(held: Held): void {
    for (const draft of held.drafts) this.letGo(draft);
    this.holding -= held.drafts.length;
    held.drafts.length = 0;
  }
}

function lacks({ server }: Draft, fact: Fact, part: string | undefined): boolean {
  if (server === undefined) return true;
  if (fact === 'part') return part !== undefined && server.parts?.has(part) !== true;
  return fact !== 'words' && server[fact] === undefined;
}
