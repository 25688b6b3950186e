import { parseWhole } from './numbers.ts';
import type { Row } from './row.ts';

const AMPERSAND = 0x26;
const EQUALS = 0x3d;
const LETTER_I = 0x69;
const LETTER_V = 0x76;

/** Which virtual user's which iteration a row belongs to; NaN where k6 was not told to write it. */
export interface Origin {
  vu: number;
  iter: number;
}

/** Reads `vu=3&iter=14`, in either order, among whatever else a script put there. */
export function readOrigin(row: Row, field: number, into: Origin): void {
  const { bytes } = row;
  const end = row.ends[field] ?? 0;
  into.vu = NaN;
  into.iter = NaN;
  let from = row.starts[field] ?? 0;
  for (let at = from; at <= end; at++) {
    if (at < end && bytes[at] !== AMPERSAND) continue;
    if (bytes[from] === LETTER_V && bytes[from + 2] === EQUALS)
      into.vu = parseWhole(bytes, from + 3, at);
    else if (bytes[from] === LETTER_I && bytes[from + 4] === EQUALS)
      into.iter = parseWhole(bytes, from + 5, at);
    from = at + 1;
  }
}
