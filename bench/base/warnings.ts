import { formatMillis, formatSeconds, type Millis } from './units.ts';

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
  | {
      /** Requests that had no answer when the time for them was over. */
      readonly code: 'answers-cut';
      readonly vantage: string;
      readonly target: string;
      readonly scenario: string;
      readonly step?: string;
      readonly cut: number;
      readonly requests: number;
      /** The shortest time that one of them was waited for. */
      readonly afterMs: Millis;
      /** The quantiles that are known from below only, with what they are at least. */
      readonly atLeastMs: Readonly<Partial<Record<'p50' | 'p95' | 'p99', Millis>>>;
    }
  | {
      /** Answers whose first byte came, and whose end did not. */
      readonly code: 'body-unfinished';
      readonly vantage: string;
      readonly target: string;
      readonly scenario: string;
      readonly unfinished: number;
      readonly answers: number;
    }
  | {
      /** A part of what was measured, or of what measures, that ended by itself or stood still. */
      readonly code: 'part-failed';
      /** As it begins a sentence. */
      readonly part: string;
      readonly how: string;
      /** Of its log. */
      readonly lastLine?: string;
      /** It did not come back. */
      readonly ended: boolean;
      /** Something can't be measured without it. */
      readonly spoilt: boolean;
    }
  | {
      readonly code: 'measured-again';
      readonly rounds: number;
      readonly reason: string;
    }
  | {
      readonly code: 'vantage-failed';
      readonly vantage: string;
      readonly reason: string;
      /** Something was measured from it before. */
      readonly partly?: boolean;
    }
  | {
      readonly code: 'checks-failed';
      readonly vantage: string;
      readonly target: string;
      readonly scenario: string;
      /** Its name in the script. */
      readonly check: string;
      readonly failed: number;
      readonly of: number;
    }
  | {
      readonly code: 'script-exceptions';
      readonly vantage: string;
      readonly target: string;
      readonly scenario: string;
      /** The most frequent one, and where in the script. */
      readonly error: string;
      readonly failed: number;
      /** Iterations. */
      readonly of: number;
    }
  | {
      readonly code: 'script-trouble';
      readonly vantage: string;
      /** The function of the script. */
      readonly where: string;
      readonly error: string;
    }
  | {
      readonly code: 'thresholds-crossed';
      readonly vantage: string;
      readonly target: string;
      /** As the script names them: `http_req_duration`. */
      readonly metrics: readonly string[];
    }
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
  /** It could not be measured (at one vantage); the other targets are none the worse for it. */
  | {
      readonly code: 'target-failed';
      readonly target: string;
      readonly vantage?: string;
      readonly reason: string;
    }
  /** An informational answer comes `laterMs` before the answer itself, and its first byte is what k6 measures. */
  | {
      readonly code: 'early-hints';
      readonly target: string;
      readonly status: number;
      readonly laterMs: Millis;
    }
  | {
      readonly code: 'redirects-followed';
      readonly target: string;
      readonly hops: number;
      readonly to: string;
    }
  /** Found when a run is read: a file of it is not what was measured and judged. */
  | {
      readonly code: 'file-altered';
      /** Its name in the run folder. */
      readonly file: string;
      /** Part of a sentence that the name begins. */
      readonly reason: string;
      /** It breaks off before its end, or is gone; what is left may well be what was measured. */
      readonly isLess?: true;
    }
  | {
      readonly code: 'rows-unreadable';
      readonly vantage: string;
      readonly rows: number;
      readonly reason: string;
    };

/** A file of a run folder that is not as it was. */
export type FileAltered = Extract<Warning, { code: 'file-altered' }>;

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
    case 'answers-cut':
      return cutAnswers(warning);
    case 'body-unfinished':
      return `The bodies of ${warning.unfinished} of ${warning.answers} answers of ${warning.target} (${warning.scenario}) at ${warning.vantage} had not ended when they were cut; their time to first byte is whole. Each of them ends its connection.`;
    case 'part-failed': {
      const last = warning.lastLine === undefined ? '' : `; its last line: ${warning.lastLine}`;
      const effect = warning.spoilt
        ? ' What was measured meanwhile, and needs it, does not count.'
        : '';
      return `${warning.part} ${warning.how}${last}.${effect}`;
    }
    case 'measured-again':
      return warning.rounds === 1
        ? `The first round does not count: ${warning.reason}.`
        : `The first ${warning.rounds} rounds do not count: ${warning.reason}.`;
    case 'vantage-failed':
      return warning.partly === true
        ? `The measurement from ${warning.vantage} broke off: ${warning.reason}. What came before is shown.`
        : `Nothing was measured from ${warning.vantage}: ${warning.reason}.`;
    case 'checks-failed':
      return `The check "${warning.check}" of ${warning.scenario} failed in ${warning.failed} of ${warning.of} cases on ${warning.target} at ${warning.vantage}: some of its times are not those of the right answer.`;
    case 'script-exceptions':
      return `${warning.scenario} threw in ${warning.failed} of ${warning.of} iterations on ${warning.target} at ${warning.vantage}: ${warning.error}; what comes after that line was not measured.`;
    case 'script-trouble':
      return `${warning.where} of the script failed at ${warning.vantage}: ${warning.error}. The measurement is not affected.`;
    case 'thresholds-crossed':
      return `The script's thresholds on ${warning.metrics.join(', ')} were crossed by ${warning.target} at ${warning.vantage}.`;
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
    case 'target-failed':
      return `${warning.target} was not measured${warning.vantage === undefined ? '' : ` from ${warning.vantage}`}: ${warning.reason}.`;
    case 'early-hints':
      return `${warning.target} sends ${informational(warning.status)} before its answer: the time to first byte shown is that of the hint, about ${formatMillis(warning.laterMs)} ms before the answer itself.`;
    case 'redirects-followed':
      return `${warning.target} redirects to ${warning.to}: its times are those of ${warning.hops + 1} requests one after the other, up to the first byte of the last answer.`;
    case 'file-altered':
      return `${warning.file} ${warning.reason}.`;
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

/** What can be trusted least is said: the median, if it is not known from above. */
function cutAnswers({
  vantage,
  target,
  scenario,
  step,
  cut,
  requests,
  afterMs,
  atLeastMs,
}: Extract<Warning, { code: 'answers-cut' }>): string {
  const workload = step === undefined ? scenario : `${scenario}, step ${step}`;
  const what = `${target} (${workload}) did not answer within ${duration(afterMs)} in ${cut} of ${requests} requests at ${vantage}`;
  const names = { p50: 'median', p95: 'p95', p99: 'p99' } as const;
  const bounds = (['p50', 'p95', 'p99'] as const).flatMap((quantile) => {
    const ms = atLeastMs[quantile];
    return ms === undefined ? [] : [`its ${names[quantile]} is at least ${duration(ms)}`];
  });
  if (bounds.length === 0) return `${what}; they count as errors, and as answers that take longer.`;
  const [first = ''] = bounds;
  return `${what}: ${atLeastMs.p50 === undefined ? bounds.join(', ') : first}.`;
}

const duration = (ms: Millis): string =>
  ms < 1000 ? `${formatMillis(ms)} ms` : formatSeconds(Math.round(ms / 100) / 10);

function informational(status: number): string {
  const names: Readonly<Record<number, string>> = { 100: ' Continue', 103: ' Early Hints' };
  return `${status}${names[status] ?? ''}`;
}
