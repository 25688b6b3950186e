import { formatMillis, formatSeconds } from './units.ts';
import { linkOf, type Warning } from './warnings.ts';

/** Why the numbers of a run must not be used as they stand, and what to do about it. */
export interface Distrust {
  /** One sentence that says all of it. */
  readonly sentence: string;
  /** The causes, each as a part of a sentence. */
  readonly because: readonly string[];
  /** What to do before measuring again, each as a request. */
  readonly advice: readonly string[];
}

/** Of a script's checks and iterations. */
const faultyAtMost = 0.01;

/** Warnings after which the numbers must not be used as they stand. */
export function isUntrustworthy(warning: Warning): boolean {
  // Of a tail that is known from below only the run says so, and the rest of it is whole.
  if (warning.code === 'answers-cut') return warning.atLeastMs.p50 !== undefined;
  // Where links were watched, the rounds in which one was off don't count: too few of them are told.
  if (warning.code === 'calibration-off') return warning.watched === undefined;
  // A page that is not the right one has no time that counts.
  if (warning.code === 'checks-failed' || warning.code === 'script-exceptions')
    return warning.failed > faultyAtMost * warning.of;
  // Of one that came back, the rounds that it lacked in don't count: too few of them are told.
  if (warning.code === 'part-failed') return warning.spoilt && warning.ended;
  return ['file-altered', 'dropped-iterations', 'too-few-rounds', 'generator-busy'].includes(
    warning.code,
  );
}

/** Undefined for a run that may be trusted. Pure. */
export function distrust(warnings: readonly Warning[]): Distrust | undefined {
  const causes = [
    altered(warnings),
    partsFailed(warnings),
    linksOff(warnings),
    fewRounds(warnings),
    dropped(warnings),
    busy(warnings),
    faultyScript(warnings),
    medianCut(warnings),
  ].flatMap((cause) => cause ?? []);
  if (causes.length === 0) return undefined;
  const because = causes.map((cause) => cause.because);
  const advice = [...new Set(causes.flatMap((cause) => cause.advice))];
  // Files that can be had again make a run that was measured well whole again.
  const then = causes.every(({ advice: [first] }) => first === restoreFiles) ? ' or' : ', and';
  return {
    sentence: `This run is not trustworthy, as ${joined(because, 'and')}: ${joined(advice, 'or')}${then} measure again.`,
    ...{ because, advice },
  };
}

interface Cause {
  readonly because: string;
  readonly advice: readonly string[];
}

const closeOthers = 'close other programs on this computer';
const lowerRate = 'lower --rate';
const moreRounds = 'raise --rounds';
const restoreFiles = 'restore the run folder as it was measured';

/** What was judged is not what lies there now: no figure of it is one that was measured. */
function altered(warnings: readonly Warning[]): Cause | undefined {
  const all = having(warnings, 'file-altered');
  const [first] = all;
  if (first === undefined) return undefined;
  const others = new Set(all.map(({ file }) => file)).size - 1;
  const more =
    others === 0 ? '' : ` (and ${others} more ${others === 1 ? 'file' : 'files'} changed)`;
  return { because: `${first.file} ${first.reason}${more}`, advice: [restoreFiles] };
}

function partsFailed(warnings: readonly Warning[]): Cause | undefined {
  const [first, ...more] = having(warnings, 'part-failed').filter(isUntrustworthy);
  if (first === undefined) return undefined;
  const also = more.length === 0 ? '' : `, and ${more.length} more such`;
  const part = `${first.part.charAt(0).toLowerCase()}${first.part.slice(1)}`;
  return { because: `${part} ${first.how}${also}`, advice: ['find out why it did'] };
}

/** Of a run whose links were not watched. */
function linksOff(warnings: readonly Warning[]): Cause | undefined {
  const off = having(warnings, 'calibration-off').filter(isUntrustworthy);
  const error = ({ measuredMs, wantedMs }: (typeof off)[number]) => Math.abs(measuredMs - wantedMs);
  const [worst] = [...off].sort((a, b) => error(b) - error(a));
  if (worst === undefined) return undefined;
  const measured = `${linkOf(worst)} measured ${formatMillis(worst.measuredMs)} ms where ${formatMillis(worst.wantedMs)} ms was wanted`;
  const because = off.length === 1 ? `the ${measured}` : `links were off (the ${measured})`;
  return { because, advice: [closeOthers] };
}

function fewRounds(warnings: readonly Warning[]): Cause | undefined {
  const cells = having(warnings, 'too-few-rounds');
  const [worst] = [...cells].sort((a, b) => a.valid - b.valid);
  if (worst === undefined) return undefined;
  const cell = `${worst.target} (${worst.scenario}) at ${worst.vantage}`;
  const count = `${worst.valid} of the ${worst.needed} rounds that are needed count`;
  const { why, advice } = whyRoundsAreLost(warnings, worst.vantage);
  const also = cells.length === 1 ? '' : `, and too few in ${cells.length - 1} more`;
  return { because: `${count} for ${cell}${also}${why}`, advice };
}

/** What most likely took the rounds of a vantage. */
function whyRoundsAreLost(
  warnings: readonly Warning[],
  vantage: string,
): { readonly why: string; readonly advice: readonly string[] } {
  const off = having(warnings, 'link-off').some(({ vantages }) => vantages.includes(vantage));
  const [block] = having(warnings, 'block-invalid').filter((b) => b.vantage === vantage);
  if (off) return { why: ', since links were off', advice: [closeOthers, moreRounds] };
  if (block === undefined) return { why: '', advice: [moreRounds] };
  const overloaded = /could not start|the generator used/.test(block.reason);
  return {
    why: ` (round ${block.round + 1}: ${block.reason})`,
    advice: overloaded
      ? [lowerRate, closeOthers]
      : ['mend what those rounds failed by', moreRounds],
  };
}

function dropped(warnings: readonly Warning[]): Cause | undefined {
  const all = having(warnings, 'dropped-iterations');
  const [worst] = [...all].sort((a, b) => b.dropped / b.planned - a.dropped / a.planned);
  if (worst === undefined) return undefined;
  const because = `the load generator at ${worst.vantage} could not start ${worst.dropped} of ${worst.planned} iterations in time`;
  return { because, advice: [lowerRate, closeOthers] };
}

function busy(warnings: readonly Warning[]): Cause | undefined {
  const all = having(warnings, 'generator-busy');
  const [worst] = [...all].sort((a, b) => b.cpuShare - a.cpuShare);
  if (worst === undefined) return undefined;
  const because = `the load generator at ${worst.vantage} used ${(100 * worst.cpuShare).toFixed(0)} % of its processors`;
  return { because, advice: [lowerRate] };
}

function faultyScript(warnings: readonly Warning[]): Cause | undefined {
  const all = [...having(warnings, 'checks-failed'), ...having(warnings, 'script-exceptions')];
  const [worst] = all.filter(isUntrustworthy).sort((a, b) => b.failed / b.of - a.failed / a.of);
  if (worst === undefined) return undefined;
  const { scenario, target, vantage, failed, of } = worst;
  const where = `of ${target} at ${vantage}`;
  return worst.code === 'checks-failed'
    ? {
        because: `the check "${worst.check}" of ${scenario} failed in ${failed} of ${of} cases ${where}`,
        advice: ['mend what the check found, or the check'],
      }
    : {
        because: `${scenario} threw in ${failed} of ${of} iterations ${where} (${worst.error})`,
        advice: ['mend the script'],
      };
}

function medianCut(warnings: readonly Warning[]): Cause | undefined {
  const all = having(warnings, 'answers-cut').filter(isUntrustworthy);
  const [worst] = all.sort((a, b) => b.cut / b.requests - a.cut / a.requests);
  if (worst === undefined) return undefined;
  const { target, vantage, cut, requests, afterMs } = worst;
  return {
    because: `${target} did not answer within ${formatSeconds(afterMs / 1000)} in ${cut} of ${requests} requests at ${vantage}`,
    advice: [`find out why ${target} does not answer`],
  };
}

type Code = Warning['code'];

function having<C extends Code>(
  warnings: readonly Warning[],
  code: C,
): Extract<Warning, { code: C }>[] {
  return warnings.filter((w): w is Extract<Warning, { code: C }> => w.code === code);
}

/** `a`, `a or b`, `a, b or c`. */
function joined(items: readonly string[], word: string): string {
  const [last = '', ...before] = [...items].reverse();
  return before.length === 0 ? last : `${before.reverse().join(', ')} ${word} ${last}`;
}
