const COMMA = 0x2c;
const ZERO = 0x30;
const MINUS = 0x2d;
const POINT = 0x2e;

/** `-12.345678` as k6 writes every value (Go's `%f`); NaN for anything else. Exact: both halves are whole numbers. */
export function parseDecimal(bytes: Buffer, from: number, to: number): number {
  const negative = bytes[from] === MINUS;
  let whole = 0;
  let scale = 0;
  const first = negative ? from + 1 : from;
  if (first >= to) return NaN;
  for (let at = first; at < to; at++) {
    const byte = bytes[at] ?? 0;
    const digit = byte - ZERO;
    if (digit >= 0 && digit <= 9) {
      whole = whole * 10 + digit;
      scale *= 10;
    } else if (byte === POINT && scale === 0 && at > first && at + 1 < to) scale = 1;
    else return NaN;
  }
  const value = scale === 0 ? whole : whole / scale;
  return negative ? -value : value;
}

/** A value of just `digits.6digits,`, as nearly all are; NaN for anything else. Saves looking for its end first. */
export function parseUsualDecimal(bytes: Buffer, from: number, end: number): number {
  let whole = 0;
  let at = from;
  for (; at < end && bytes[at] !== POINT; at++) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return NaN;
    whole = whole * 10 + digit;
  }
  if (at === from || at + 7 >= end || bytes[at + 7] !== COMMA) return NaN;
  const decimals = parseWhole(bytes, at + 1, at + 7);
  return (whole * 1e6 + decimals) / 1e6;
}

/** Digits only; NaN for anything else, also for none. */
export function parseWhole(bytes: Buffer, from: number, to: number): number {
  if (from >= to) return NaN;
  let whole = 0;
  for (let at = from; at < to; at++) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return NaN;
    whole = whole * 10 + digit;
  }
  return whole;
}

/**
 * A Unix time in whichever of k6's formats `unix`, `unix_milli`, `unix_micro` and `unix_nano` it is written, in
 * microseconds. The number of digits tells them apart from 2001 until 2286; NaN for anything else.
 */
export function parseUnixMicros(bytes: Buffer, from: number, to: number): number {
  switch (to - from) {
    case 16:
      return parseWhole(bytes, from, to);
    case 10:
      return parseWhole(bytes, from, to) * 1e6;
    case 13:
      return parseWhole(bytes, from, to) * 1e3;
    case 19:
      return parseWhole(bytes, from, to - 3);
    default:
      return NaN;
  }
}
