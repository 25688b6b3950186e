import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeLink, type ProbedLink } from './judge-link.ts';

const second = 1_000_000;
/** One probe a second from 0 on. */
const link = (wantedMs: number, trips: readonly (number | undefined)[]): ProbedLink => ({
  wantedMs,
  probes: trips.map((rttMs, i) => ({ atUs: i * second, rttMs })),
});
const span = { fromUs: 0, toUs: 10 * second };

describe('known numbers', () => {
  test.each<[string, number, (number | undefined)[], number | undefined, boolean]>([
    ['as wanted', 100, [100.1, 100.3, 100.2], 100.2, false],
    ['an even number of probes', 100, [100, 101, 102, 103], 101.5, false],
    ['the edge of 2 ms', 20, [22, 22, 22], 22, false],
    ['just beyond 2 ms', 20, [22.1, 22.1, 22.1], 22.1, true],
    ['too short', 20, [17.9, 17.9, 17.9], 17.9, true],
    ['the edge of 2 %', 300, [306, 306, 306], 306, false],
    ['just beyond 2 %', 300, [306.1, 306.1, 306.1], 306.1, true],
    ['a single hiccup', 100, [100, 900, 100], 100, false],
    ['two of three', 100, [100, 900, 900], 900, true],
    ['one lost of three', 100, [100, undefined, 100], 100, false],
    ['most lost', 100, [100, undefined, undefined], undefined, true],
    ['half lost', 100, [100, 100, undefined, undefined], undefined, true],
  ])('%s', (_, wantedMs, trips, medianMs, off) => {
    expect(judgeLink(link(wantedMs, trips), span)).toEqual({ n: trips.length, medianMs, off });
  });

  test('too few probes say nothing', () => {
    expect(judgeLink(link(100, [900, 900]), span)).toBeUndefined();
    expect(judgeLink(link(100, []), span)).toBeUndefined();
  });

  test('only the probes of the span count', () => {
    const trips = [...Array<number>(11).fill(900), ...Array<number>(11).fill(100)];
    expect(judgeLink(link(100, trips), span)).toMatchObject({ n: 11, off: true });
    const later = { fromUs: 11 * second, toUs: 21 * second };
    expect(judgeLink(link(100, trips), later)).toMatchObject({ n: 11, off: false });
  });

  test('a short span is judged by the eight seconds around its middle', () => {
    const short = { fromUs: 9.5 * second, toUs: 10.5 * second };
    expect(judgeLink(link(100, Array<number>(21).fill(100)), short)).toMatchObject({ n: 9 });
  });
});

describe('laws', () => {
  const wanted = fc.double({ min: 1, max: 400, noNaN: true });
  const errors = fc.array(fc.double({ min: -0.5, max: 1.5, noNaN: true }), {
    minLength: 3,
    maxLength: 40,
  });
  const long = { fromUs: 0, toUs: 100 * second };

  test('fewer than half of the probes, however bad, spoil no round; more than half do', () => {
    fc.assert(
      fc.property(wanted, errors, fc.integer({ min: 0, max: 40 }), (wantedMs, good, bad) => {
        const trips = [
          ...good.map((error) => wantedMs + error),
          ...Array.from({ length: bad }, (_, i) => (i % 2 === 0 ? wantedMs + 5000 : undefined)),
        ];
        const judged = judgeLink(link(wantedMs, trips), long);
        if (bad < good.length) expect(judged?.off).toBe(false);
        if (bad > good.length) expect(judged?.off).toBe(true);
      }),
    );
  });

  test('the order of the probes does not matter', () => {
    fc.assert(
      fc.property(wanted, errors, (wantedMs, found) => {
        const trips = found.map((error) => wantedMs + 3 * error);
        expect(judgeLink(link(wantedMs, [...trips].reverse()), long)).toEqual(
          judgeLink(link(wantedMs, trips), long),
        );
      }),
    );
  });

  test('what is off stays so when every probe is farther off on the same side', () => {
    fc.assert(
      fc.property(
        wanted,
        errors,
        fc.double({ min: 0, max: 500, noNaN: true }),
        (wantedMs, found, more) => {
          const at = (shift: number) =>
            judgeLink(
              link(
                wantedMs,
                found.map((error) => wantedMs + 4 * Math.abs(error) + shift),
              ),
              long,
            )?.off;
          if (at(0) === true) expect(at(more)).toBe(true);
        },
      ),
    );
  });
});
