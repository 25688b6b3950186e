import type { Row } from './row.ts';

/** The tags of a row, by name; those that the harness sets also ready for use. */
export interface Tags {
  readonly all: Readonly<Record<string, string>>;
  /** The block a request belongs to; absent if the row names none. */
  readonly block:
    { readonly target: string; readonly scenario: string; readonly round: number } | undefined;
  readonly step: string;
}

/** Go writes a set of tags in random order, so one set has several spellings; still far fewer than rows. */
const MAX_SPELLINGS = 20_000;

/** Parses each spelling of `k=v&k=v` once. */
export class TagCache {
  private readonly known = new Map<string, Tags>();

  of(row: Row, field: number): Tags {
    // One byte a character is the fastest way to a key; it is decoded properly once.
    const key = row.bytes.toString('latin1', row.starts[field], row.ends[field]);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const tags = parseTags(row.text(field));
    // Tags that never repeat (a URL as name) must not fill the memory.
    if (this.known.size >= MAX_SPELLINGS) this.known.clear();
    this.known.set(key, tags);
    return tags;
  }
}

/** k6 escapes nothing: a value with `&` in it can't be told from two tags, and is read as two. */
export function parseTags(text: string): Tags {
  const pairs = text.split('&').filter((pair) => pair.includes('='));
  const all = Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
  return { all, block: blockOf(all), step: all['step'] ?? '' };
}

function blockOf({ target, scenario, round }: Record<string, string>): Tags['block'] {
  if (target === undefined || scenario === undefined) return undefined;
  if (round === undefined || !/^\d+$/.test(round)) return undefined;
  return { target, scenario, round: Number(round) };
}
