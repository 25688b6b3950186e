import { BenchError } from '../../base/errors.ts';
import type { Answer, Probe } from './probe.ts';
import { k6Version, likeness } from './version.ts';

/** A k6 that may be used. */
export interface K6Binary {
  readonly path: string;
  readonly version: string;
  readonly from: 'K6_PATH' | 'PATH' | 'cache' | 'release' | 'source';
  /** What a person should know of the choice, a sentence each. */
  readonly notes: readonly string[];
}

/** What follows from what was found. `notes` say why places were passed over. */
export type Decision =
  | { readonly action: 'use'; readonly binary: K6Binary }
  | { readonly action: 'stop'; readonly error: BenchError }
  | { readonly action: 'obtain'; readonly notes: readonly string[] };

/**
 * Chooses, in the order of the probes:
 * K6_PATH is the user's word and is never passed over: any k6 of the pinned major version is taken, with a note if
 * its minor differs; anything else stops. PATH must have the same major and minor version, or is passed over with a
 * note: nobody asked for that k6. The cache must hold exactly the pinned version.
 */
export function decide(probes: readonly Probe[]): Decision {
  const notes: string[] = [];
  for (const { place, path, answer } of probes) {
    if (place === 'K6_PATH') return decideAsked(path, answer);
    if (answer.state === 'k6' && fits(place, answer.version))
      return { action: 'use', binary: { path, version: answer.version, from: place, notes } };
    const note = refusal(place, path, answer);
    if (note !== undefined) notes.push(note);
  }
  return { action: 'obtain', notes };
}

function decideAsked(path: string, answer: Answer): Decision {
  const problem = problemOf(answer);
  if (problem !== undefined || answer.state !== 'k6')
    return {
      action: 'stop',
      error: new BenchError('usage', `K6_PATH=${path}: ${problem ?? ''}.`, askedFix),
    };
  const { version } = answer;
  const isNear = ['same', 'other-patch'].includes(likeness(version));
  const notes = isNear
    ? []
    : [`K6_PATH is k6 ${version}; this program was written for ${k6Version}.`];
  return { action: 'use', binary: { path, version, from: 'K6_PATH', notes } };
}

const askedFix = `Point K6_PATH at a k6 v${k6Version}, or unset it: a fitting one is then found or installed.`;

function problemOf(answer: Answer): string | undefined {
  switch (answer.state) {
    case 'absent':
      return 'there is no such file';
    case 'not-executable':
      return 'the file is not executable';
    case 'changeable':
      return `others can change it (${answer.reason})`;
    case 'not-k6':
      return `it is not a working k6 (${answer.reason})`;
    case 'k6':
      return likeness(answer.version) === 'other-major'
        ? `it is k6 ${answer.version}, and this program needs k6 ${k6Version.split('.')[0] ?? ''}`
        : undefined;
  }
}

function fits(place: 'PATH' | 'cache', version: string): boolean {
  const like = likeness(version);
  return like === 'same' || (place === 'PATH' && like === 'other-patch');
}

function refusal(place: 'PATH' | 'cache', path: string, answer: Answer): string | undefined {
  if (answer.state === 'absent') return undefined;
  if (answer.state === 'changeable')
    return `The k6 in the cache is not run: ${answer.reason}, and could have put any program there.`;
  if (place === 'cache') return `The k6 in the cache is damaged and is replaced (${path}).`;
  const what =
    answer.state === 'k6' ? `k6 ${answer.version}, not ${k6Version}` : (problemOf(answer) ?? '');
  return `The k6 on PATH is passed over: ${what} (${path}).`;
}
