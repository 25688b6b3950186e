import { formatMillis, type Millis } from './units.ts';

/** Something a reader of the results must know. A value that travels with the results; it never stops a run. */
export type Warning =
  | {
      readonly code: 'calibration-off';
      /** Whose own link it is; the world's if absent. */
      readonly topology?: string;
      readonly from: string;
      readonly to: string;
      readonly wantedMs: Millis;
      readonly measuredMs: Millis;
      /** When that was, where the link was watched while the load ran: rounds are judged by what it was like then. */
      readonly watched?: 'before' | 'after';
    }
  | {
      readonly code: 'link-off';
      /** Whose own link it is; the world's if absent. */
      readonly topology?: string;
      readonly from: string;
      readonly to: string;
      readonly wantedMs: Millis;
      /** The median of the worst round; absent if most probes had no answer. */
      readonly measuredMs?: Millis;
      /** Those in which it was off, from 0. */
      readonly rounds: readonly number[];
      /** Where they don't count. */
      readonly vantages: readonly string[];
    }
  | {
      readonly code: 'block-invalid';
      readonly vantage: string;
      readonly target: string;
      readonly scenario: string;
      readonly round: number;
      readonly reason: string;
    }
  | {
      readonly code: 'too-few-rounds';
      readonly vantage: string;
      readonly target: string;
      readonly scenario: string;
      readonly valid: number;
      readonly needed: number;
    }
  | {
      readonly code: 'dropped-iterations';
      readonly vantage: string;
      readonly dropped: number;
      readonly planned: number;
    }
  | { readonly code: 'vantage-failed'; readonly vantage: string; readonly reason: string }
  | {
      readonly code: 'cold-requests';
      readonly vantage: string;
      readonly target: string;
      readonly scenario: string;
      readonly share: number;
    }
  | {
      readonly code: 'warm-up-short';
      readonly vantage: string;
      readonly target: string;
      readonly scenario: string;
    }
  | { readonly code: 'generator-busy'; readonly vantage: string; readonly cpuShare: number }
  | { readonly code: 'cut-short'; readonly reason: string }
  | { readonly code: 'distance-not-emulated'; readonly target: string }
  | {
      readonly code: 'rows-unreadable';
      readonly vantage: string;
      readonly rows: number;
      readonly reason: string;
    };

/** The one place where warnings get their wording. */
export function describeWarning(warning: Warning): string {
  switch (warning.code) {
    case 'calibration-off': {
      const measured = `${linkOf(warning)} measured ${formatMillis(warning.measuredMs)} ms where ${formatMillis(warning.wantedMs)} ms was wanted`;
      if (warning.watched === undefined) return `The ${measured}.`;
      return `For information: just ${warning.watched} the load the ${measured}; rounds are judged by what it measured while they ran.`;
    }
    case 'link-off': {
      const measured =
        warning.measuredMs === undefined
          ? 'at worst no answer'
          : `at worst ${formatMillis(warning.measuredMs)} ms`;
      return `The ${linkOf(warning)} was off in ${roundsOf(warning.rounds)}, which ${warning.rounds.length === 1 ? 'does' : 'do'} not count at ${warning.vantages.join(', ')}: ${measured} where ${formatMillis(warning.wantedMs)} ms was wanted.`;
    }
    case 'block-invalid':
      return `Round ${warning.round + 1} of ${warning.target} (${warning.scenario}) at ${warning.vantage} does not count: ${warning.reason}.`;
    case 'too-few-rounds':
      return `${warning.target} (${warning.scenario}) at ${warning.vantage} has ${warning.valid} valid rounds; ${warning.needed} are needed.`;
    case 'dropped-iterations':
      return `The generator at ${warning.vantage} could not start ${warning.dropped} of ${warning.planned} iterations in time.`;
    case 'vantage-failed':
      return `Nothing was measured from ${warning.vantage}: ${warning.reason}.`;
    case 'cold-requests':
      return `${(100 * warning.share).toFixed(1)} % of the kept requests to ${warning.target} (${warning.scenario}) at ${warning.vantage} opened a connection; they are counted as cold, apart.`;
    case 'warm-up-short':
      return `${warning.target} (${warning.scenario}) at ${warning.vantage} was still settling while it was measured; a longer warm-up is needed.`;
    case 'generator-busy':
      return `The generator at ${warning.vantage} used ${(100 * warning.cpuShare).toFixed(0)} % of a processor; its own delays may show.`;
    case 'cut-short':
      return `The run was cut short: ${warning.reason}. What was measured until then is shown.`;
    case 'distance-not-emulated':
      return `${warning.target} is reached directly from this machine: no distance is emulated for it.`;
    case 'rows-unreadable':
      return `${warning.rows} rows of ${warning.vantage} could not be read (${warning.reason}); all others were used.`;
  }
}

/** `link cdg–ord`; `link cdg–ord of slow` where it is one topology's own. */
export const linkOf = ({
  from,
  to,
  topology,
}: {
  from: string;
  to: string;
  topology?: string;
}): string => `link ${from}–${to}${topology === undefined ? '' : ` of ${topology}`}`;

const roundsOf = (rounds: readonly number[]): string =>
  `${rounds.length === 1 ? 'round' : 'rounds'} ${rounds.map((round) => round + 1).join(', ')}`;
