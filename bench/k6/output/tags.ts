import { percentDecoded } from '../../base/percent-decoded.ts';
import { Prefix } from './prefix.ts';
import type { BlockTag } from '../../samples/extra.ts';
import type { ServerFacts } from '../../samples/sample.ts';
import { tagPrefix } from '../../samples/tag-prefix.ts';
import type { Lead } from './redirects.ts';
import type { Row } from './row.ts';

/** The tags of a row, by name; those that the harness sets also ready for use. */
export interface Tags {
  readonly all: Readonly<Record<string, string>>;
  /** The block that the row belongs to; undefined if it names none. */
  readonly block: BlockTag | undefined;
  readonly step: string;
  /** What the server said in words of the answer that the row is about. */
  readonly said: Said;
  /** Whether the request may be a redirect that the next one follows. */
  readonly mayLead: Lead;
}

export type Said = Pick<ServerFacts, 'region' | 'edge' | 'cache' | 'replay'> & {
  /** Whose time it is: the name of a metric of `Server-Timing`. */
  readonly part?: string;
};

/** Go writes a set of tags in random order, so one set has several spellings; still far fewer than rows. */
const MAX_SPELLINGS = 20_000;
/** Characters of all of them. */
const MAX_SPELT = 16 * 2 ** 20;
/** Of one row; the harness sets a dozen, a script a handful. More are not looked at. */
const MAX_TAGS = 512;
/** Enough for the spellings of one block; a power of two. */
const SLOTS = 64;
const SLOT_BYTES = 256;

/** Parses each spelling of `k=v&k=v` once. */
export class TagCache {
  private readonly known = new Map<string, Tags>();
  private spelt = 0;
  /** The latest spellings, to be recognised by their bytes: making a string of them takes three times as long. */
  private readonly latest = Array.from({ length: SLOTS }, () => new Slot());

  /** `view`: of the chunk that the row lies in, if it is not quoted. */
  of(row: Row, field: number, view: DataView): Tags {
    const from = row.starts[field] ?? 0;
    const length = (row.ends[field] ?? 0) - from;
    if (row.isQuoted || length < 4 || length > SLOT_BYTES) return this.find(row, field);
    const slot = this.latest[slotOf(view, from, length)] as Slot;
    if (
      slot.tags !== undefined &&
      slot.spelling.length === length &&
      slot.spelling.isAt(view, from)
    )
      return slot.tags;
    slot.spelling.learn(view, from, length);
    return (slot.tags = this.find(row, field));
  }

  private find(row: Row, field: number): Tags {
    // One byte a character is the fastest way to a key; it is decoded properly once.
    const key = row.bytes.toString('latin1', row.starts[field], row.ends[field]);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const tags = parseTags(row.text(field));
    // Tags that never repeat (a URL as name) must not fill the memory.
    this.spelt += key.length;
    if (this.known.size >= MAX_SPELLINGS || this.spelt > MAX_SPELT) {
      this.known.clear();
      this.spelt = key.length;
    }
    this.known.set(key, tags);
    return tags;
  }
}

class Slot {
  readonly spelling = new Prefix(SLOT_BYTES);
  tags: Tags | undefined;
}

/** The spellings of a set differ in how they begin, those of two sets mostly in their length (Fibonacci hashing). */
const slotOf = (view: DataView, from: number, length: number): number =>
  Math.imul(view.getInt32(from, true) + length, 0x9e3779b1) >>> (32 - Math.log2(SLOTS));

/**
 * k6 escapes nothing: a value with `&` in it can't be told from two tags, and is read as two. The harness's own tags have
 * a prefix, so that no tag of a script's is taken for one, and their values are percent-encoded. Runs of earlier versions
 * have them bare.
 */
export function parseTags(text: string): Tags {
  const pairs = text.split('&', MAX_TAGS).filter((pair) => pair.includes('='));
  const all = Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
  const own = (name: string) => all[tagPrefix + name];
  const block = blockOf(own('target'), own('scenario'), own('round'));
  // A request of ours that is no part of a round is none by the tags of a script either.
  if (block !== undefined || own('round') !== undefined) {
    const said = saidIn((word) => own(word));
    return {
      all,
      block,
      step: percentDecoded(own('step') ?? ''),
      said,
      mayLead: leadIn(own('follow')),
    };
  }
  return {
    all,
    block: blockOf(all['target'], all['scenario'], all['round']),
    step: all['step'] ?? '',
    said: saidIn((word) => all[word]),
    mayLead: 'nowhere',
  };
}

/** How a script sends a request: `bench_follow` is 0 where redirects stay, `auth` where a challenge is answered too. */
function leadIn(follow: string | undefined): Lead {
  if (follow === '0') return 'nowhere';
  return follow === 'auth' ? 'through-challenge' : 'through-redirect';
}

const words = { region: 'served', edge: 'edge', cache: 'cache', replay: 'replay', part: 'part' };

/** An empty one says nothing: earlier versions wrote those. */
function saidIn(tag: (name: string) => string | undefined): Said {
  const said = Object.entries(words).flatMap(([word, name]) => {
    const value = tag(name) ?? '';
    return value === '' ? [] : [[word, percentDecoded(value)] as const];
  });
  return Object.fromEntries(said);
}

function blockOf(
  target: string | undefined,
  scenario: string | undefined,
  round: string | undefined,
): BlockTag | undefined {
  if (target === undefined || scenario === undefined) return undefined;
  if (round === undefined || !/^\d+$/.test(round)) return undefined;
  return {
    target: percentDecoded(target),
    scenario: percentDecoded(scenario),
    round: Number(round),
  };
}
