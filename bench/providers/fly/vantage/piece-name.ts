import type { UnixMicros } from '../../../base/units.ts';
import type { Vantage } from '../../../world/vantage.ts';

/** A piece of a part's packed rows, as an object of storage; it begins and ends with a segment. */
export interface Piece {
  readonly part: number;
  /** Where it begins, in bytes of the part's packed rows. */
  readonly at: number;
  /** By how much its times are to be moved. */
  readonly shiftUs: UnixMicros;
}

/** What the names of one machine's objects begin with: its own alone. */
export const uploadFolder = (runId: string, vantage: Vantage): string =>
  `${runId}/${vantage.replace(/\W+/g, '-').replace(/-$/, '')}/`;

/** Tells all that it takes to make rows of it, whoever finds it. */
export const pieceName = ({ part, at, shiftUs }: Piece): string => `${part}-${at}-${shiftUs}`;

/** Undefined for a name that is none. */
export function pieceNamed(name: string): Piece | undefined {
  const [, part, at, shiftUs] = /^(\d+)-(\d+)-(-?\d+)$/.exec(name) ?? [];
  if (part === undefined) return undefined;
  return { part: Number(part), at: Number(at), shiftUs: Number(shiftUs) };
}
