import type { Collector } from './collect.ts';

/** The most that one poll brings, in bytes of packed rows. */
export const fullBytes = 256 * 1024;

/** What a poll asks for: what is new of a part, and at most so many bytes of its rows. */
export const pollWords = (
  part: number,
  { segments, readings, offset }: Pick<Collector, 'segments' | 'readings' | 'offset'>,
  mostBytes: number,
): string[] => ['poll', ...[part, segments, readings.length, offset, mostBytes].map(String)];

/** What a poll asks for if only the state of the part is wanted. */
export const stateWords = (part: number): string[] =>
  pollWords(part, { segments: 0, readings: [], offset: 0 }, 0);
