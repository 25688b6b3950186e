import { BenchError } from '../../../base/errors.ts';
import type { Millis } from '../../../base/units.ts';
import type { Limit } from './bucket.ts';
import type { Clock } from './clock.ts';
import { refusalFixes } from '../refusals.ts';
import { CallFailed, NoCapacity, QuotaReached, RetiredRegion } from './errors.ts';
import { judge, saidIn, type Refusal, type Verdict } from './judge.ts';
import type { Pace } from './pace.ts';
import { Broken, type Answer, type Sent, type Wire } from './send.ts';
import type { Silence } from './silence.ts';
import { howToGetToken } from './token.ts';

/** One thing that is asked of the API. */
export interface Call extends Sent {
  /** For errors: `create a machine in gru`. */
  readonly title: string;
  /** The bucket of its limit: action and identifier. */
  readonly key: string;
  readonly limit: Limit;
  /** Statuses beyond 2xx that are answers too. */
  readonly expected?: readonly number[];
  /** For errors about room. */
  readonly region?: string;
  /** Until then (by the clock) a 404 says nothing: what was just made is not known everywhere yet. */
  readonly freshUntil?: Millis;
  /** Whether a try of which nobody knows had its effect after all; if so, the answer is an empty one. */
  readonly hadEffect?: () => Promise<boolean>;
  readonly signal?: AbortSignal | undefined;
  /** The signal does not cut an exchange that is under way, only what would come after. */
  readonly uncut?: boolean;
}

/** An answer, its JSON read: undefined for an empty body. */
export interface Told {
  readonly status: number;
  readonly json: unknown;
}

export interface CallerParts {
  readonly wire: Wire;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly patienceMs: Millis;
  readonly redact: (text: string) => string;
  readonly silence: Silence;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

export type Caller = (call: Call) => Promise<Told>;

/** Makes calls: paced, repeated on what may pass for as long as patience lasts, and final otherwise. */
export function makeCaller(parts: CallerParts): Caller {
  const { wire, pace, clock, patienceMs, redact, silence, random } = parts;
  return async (call) => {
    let impatientAt: Millis | undefined;
    let unsure = false;
    for (let tries = 1; ; tries++) {
      await pace(call.key, call.limit, call.signal);
      call.signal?.throwIfAborted();
      const begunAt = clock.now();
      const outcome = await attempt(wire, call, begunAt);
      if (hasAnswered(outcome)) silence.answered();
      else silence.failed(begunAt, redact(troubleIn(outcome)));
      if ('json' in outcome) return outcome;
      const verdict = verdictOn(outcome, call, clock.now());
      impatientAt ??= clock.now() + patienceMs;
      unsure ||= verdict.then === 'again' && verdict.unsure;
      const ms = pauseMs(verdict, tries, random());
      const isLast = isFinal(verdict, tries) || clock.now() + ms > impatientAt;
      if (!isLast) await clock.sleep(ms, call.signal);
      if (unsure && (await call.hadEffect?.()) === true) return { status: 0, json: undefined };
      if (isLast) throw errorOf(outcome, verdict, call, redact);
    }
  };
}

const isFinal = (verdict: Verdict, tries: number): boolean =>
  verdict.then === 'give-up' || tries >= (verdict.most ?? Infinity);

/** What came of one try: what was told, or what went wrong. */
type Outcome = Told | Answer | Broken;
type Trouble = Exclude<Outcome, Told>;

/** A server error may come from anything before the API. */
const hasAnswered = (outcome: Outcome): boolean =>
  !(outcome instanceof Broken) && outcome.status < 500;

const troubleIn = (outcome: Outcome): string =>
  outcome instanceof Broken ? outcome.message : `HTTP ${outcome.status}`;

async function attempt(wire: Wire, call: Call, now: Millis): Promise<Outcome> {
  try {
    const answer = await wire.send(call, call.uncut === true ? undefined : call.signal);
    const isGood = answer.status >= 200 && answer.status < 300;
    const isAnswer =
      call.expected?.includes(answer.status) === true && !isTooNew(answer, call, now);
    if (!isGood && !isAnswer) return answer;
    return { status: answer.status, json: isGood ? parsed(answer.text) : undefined };
  } catch (error) {
    if (error instanceof Broken) return error;
    throw error;
  }
}

const isTooNew = ({ status }: Answer, { freshUntil = 0 }: Call, now: Millis): boolean =>
  status === 404 && now < freshUntil;

/** Something between us and Fly may answer 200 with a page of its own: that is no answer. */
function parsed(text: string): unknown {
  try {
    return text.trim() === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    throw new Broken('the answer is not JSON', false);
  }
}

function verdictOn(trouble: Trouble, call: Call, now: Millis): Verdict {
  if (trouble instanceof Broken) return { then: 'again', unsure: !trouble.unsent };
  return isTooNew(trouble, call, now) ? { then: 'again', unsure: false } : judge(trouble);
}

const firstPauseMs = 250;
const longestPauseMs = 5000;

/** Exponential, with full jitter, so that many clients do not come back at once; never before the API asked us to. */
export function pauseMs(verdict: Verdict, tries: number, random: number): Millis {
  if (verdict.then === 'give-up') return 0;
  const ceiling = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(tries, 10));
  return (verdict.afterMs ?? firstPauseMs / 2) + random * ceiling;
}

function errorOf(
  trouble: Trouble,
  verdict: Verdict,
  call: Call,
  redact: (text: string) => string,
): BenchError {
  const tidy = (text: string) => shortened(redact(text));
  if (trouble instanceof Broken)
    return new CallFailed(
      0,
      `Fly could not be asked to ${call.title}: ${tidy(trouble.message)}.`,
      later,
    );
  const id = trouble.requestId === '' ? '' : `, fly-request-id ${tidy(trouble.requestId)}`;
  const said = `${tidy(saidIn(trouble.text))} (HTTP ${trouble.status}${id})`.trimStart();
  return refusalOf(
    verdict.then === 'give-up' ? verdict.because : 'other',
    said,
    call,
    trouble.status,
  );
}

const later = 'Check the connection and https://status.flyio.net, then try again.';
/** It was heard and understood. */
const meant =
  'Mend what it names; if that does not help, show it to https://community.fly.io, with the fly-request-id.';

function refusalOf(because: Refusal, said: string, call: Call, status: number): BenchError {
  const what = `Fly refused to ${call.title}: ${said}.`;
  const region = call.region ?? 'this region';
  switch (because) {
    case 'capacity':
      return new NoCapacity(region, said);
    case 'retired':
      return new RetiredRegion(region, said);
    case 'quota':
      return new QuotaReached(region, said);
    case 'payment':
      return new BenchError(
        'usage',
        `Fly wants the organisation to pay before it will ${call.title}: ${said}.`,
        refusalFixes.payment,
      );
    case 'token':
      return new BenchError(
        'usage',
        `Fly does not accept the token, or it has expired: ${said}.`,
        howToGetToken,
      );
    case 'foreign':
      return new BenchError(
        'usage',
        what,
        'The app or organisation belongs to somebody else, or the token is not for it: set app and org of [bench.fly], or use a token of that organisation.',
      );
    case 'missing':
    case 'taken':
    case 'other':
      return new CallFailed(status, what, status >= 500 || status === 429 ? later : meant);
  }
}

const mostLetters = 300;
const shortened = (text: string): string =>
  text.length <= mostLetters ? text : `${text.slice(0, mostLetters)}…`;
