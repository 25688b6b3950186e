import type { Problem } from '../../base/errors.ts';
import type { Millis } from '../../base/units.ts';
import type { Warning } from '../../base/warnings.ts';
import type { Answer } from './asker.ts';
import type { Look } from './look-at.ts';
import { mostRedirects, type Visit } from './visit.ts';

/** What a run asks of its targets. */
export interface Rules {
  /** A scenario requests the URL as it stands; of others its answer says little. */
  readonly asksBase: boolean;
  /** All requests are a script's own, which follows redirects as it likes. */
  readonly isScript: boolean;
  /** The script switches the check of certificates off. */
  readonly skipsTls: boolean;
  /** Statuses that count as answers, besides those of success. */
  readonly allowStatus: readonly number[];
  /** Redirects are followed. */
  readonly follow: boolean;
}

/** A target as it was seen. */
export interface JudgedTarget {
  readonly name: string;
  /** Why it can't be measured. */
  readonly problem?: Problem;
  /** What a person should merely know. */
  readonly notes: readonly string[];
  /** What must travel with the figures. */
  readonly warnings: readonly Warning[];
  /** The longest that a request took, to the end of its body if that came within a second. */
  readonly answerMs?: Millis;
  /** It closes the connection after each answer. */
  readonly closes?: boolean;
  /** The body of its answers went on for more than a second. */
  readonly streams?: boolean;
}

/** Made of what was seen alone. */
export function judge(name: string, url: string, look: Look, rules: Rules): JudgedTarget {
  const { host } = new URL(url);
  switch (look.seen) {
    case 'visits':
      return judgeVisits(name, url, look, rules);
    case 'astray':
      return rules.isScript
        ? noted(name, `${url} redirects to ${look.to}, which does not answer: ${look.why}.`)
        : refused(
            name,
            `${url} redirects to ${look.to}, which can't be reached: ${look.why}`,
            'Correct the redirect, or measure an address that answers itself.',
          );
    case 'bad-certificate':
      return refused(
        name,
        `the certificate of ${host} is not good: ${look.why}`,
        rules.isScript
          ? 'Put a good certificate there, or set insecureSkipTLSVerify in the options of the script.'
          : 'Put a good certificate there, or measure the app by the name that its certificate is for.',
      );
    case 'nothing':
      return refused(name, `${url} can't be reached: ${look.why}`, fixFor(look.because, host));
  }
}

const refused = (name: string, what: string, fix: string): JudgedTarget => ({
  name,
  problem: { where: `target ${name}`, what, fix },
  notes: [],
  warnings: [],
});

const noted = (name: string, ...texts: readonly string[]): JudgedTarget => ({
  ...{ name, notes: texts.map((text) => `${name}: ${text}`), warnings: [] },
});

function judgeVisits(
  name: string,
  url: string,
  { visits, failures }: Look & { readonly seen: 'visits' },
  rules: Rules,
): JudgedTarget {
  const allowed = (status: number): boolean =>
    isSuccess(status) || rules.allowStatus.includes(status);
  const [first] = visits;
  const leads = first.answers.length > 1 || first.isEndless;
  if (leads && !rules.isScript && !(allowed(first.answers[0].status) && !rules.follow)) {
    const problem = redirectProblem(name, url, first, rules);
    if (problem !== undefined) return problem;
  }
  // What k6 gets to see: where a redirect leads if it is followed, else the redirect.
  const seen = visits.map(({ answers }) => (rules.follow ? last(answers) : answers[0]));
  const bad = seen.filter(({ status }) => !allowed(status) && !isRedirect(status));
  if (rules.asksBase && bad.length === seen.length) {
    const { status } = last(bad);
    return refused(name, `${url} answers HTTP ${status}${nameOf(status)}`, fixForStatus(status));
  }
  const notes = [
    ...redirectNote(url, first, leads, rules),
    ...(bad.length === 0 ? [] : [statusNote(url, bad, seen.length, rules)]),
    ...(failures === 0
      ? []
      : [`${failures} of ${failures + visits.length} requests to ${url} had no answer.`]),
    ...bodyNotes(url, seen),
  ];
  return {
    ...noted(name, ...notes),
    warnings: [...hintWarning(name, seen), ...followWarning(name, first, rules)],
    answerMs: Math.max(...visits.map((visit) => lengthOf(visit, rules))),
    closes: seen.every(({ headers }) => headers['connection'] === 'close'),
    streams: seen.some(({ body }) => body === 'endless'),
  };
}

/** A browser would show it: 304 is one too, of what was there before. */
const isSuccess = (status: number): boolean => (status >= 200 && status < 300) || status === 304;
const isRedirect = (status: number): boolean => status >= 300 && status < 400;
const last = (answers: readonly Answer[]): Answer => answers.at(-1) as Answer;

function redirectProblem(
  name: string,
  url: string,
  { url: to, isEndless, answers }: Visit,
  { asksBase, follow }: Rules,
): JudgedTarget | undefined {
  if (isEndless)
    return refused(
      name,
      `${url} redirects without end (more than ${mostRedirects} times)`,
      'Correct the redirect, or measure an address that answers itself.',
    );
  // The paths that a scenario asks for may be answered where the base is not.
  if (follow || (!asksBase && new URL(to).origin === new URL(url).origin)) return undefined;
  const [{ status }] = answers;
  return to === url
    ? refused(
        name,
        `${url} redirects to itself (HTTP ${status}) until it gets the cookie that it sets; only the redirect would be measured`,
        'Measure an address that answers at once, or have each request follow with --follow.',
      )
    : refused(
        name,
        `${url} redirects to ${to} (HTTP ${status}); only the redirect would be measured`,
        `Measure where it leads: --target ${name}=${to} (or have each request follow: --follow)`,
      );
}

function redirectNote(url: string, { url: to }: Visit, leads: boolean, rules: Rules): string[] {
  if (!leads || rules.follow) return [];
  return [
    rules.isScript
      ? `${url} redirects to ${to}; what is measured is what the script requests.`
      : `${url} redirects to ${to}; the scenario's own paths may not.`,
  ];
}

function statusNote(url: string, bad: readonly Answer[], of: number, { asksBase }: Rules): string {
  const statuses = [...new Set(bad.map(({ status }) => status))].join(', ');
  return asksBase
    ? `${bad.length} of ${of} answers of ${url} were HTTP ${statuses}.`
    : `${url} answers HTTP ${statuses}; the paths that are measured may do better.`;
}

function bodyNotes(url: string, seen: readonly Answer[]): string[] {
  return [
    ...(seen.some(({ body }) => body === 'endless')
      ? [
          `the answer of ${url} had not ended a second after it began; what is shown is the time to its first byte.`,
        ]
      : []),
    ...(seen.some(({ body }) => body === 'broken') ? [`the answer of ${url} breaks off.`] : []),
  ];
}

function hintWarning(target: string, seen: readonly Answer[]): Warning[] {
  const hinted = seen.flatMap(({ hint, headersMs }) =>
    hint === undefined ? [] : [{ status: hint.status, laterMs: headersMs - hint.ms }],
  );
  const [first] = hinted;
  if (first === undefined) return [];
  const later = hinted.map(({ laterMs }) => laterMs).sort((a, b) => a - b);
  const laterMs = later[later.length >> 1] ?? 0;
  return [{ code: 'early-hints', target, status: first.status, laterMs }];
}

function followWarning(target: string, { answers, url: to }: Visit, { follow }: Rules): Warning[] {
  const hops = answers.length - 1;
  return follow && hops > 0 ? [{ code: 'redirects-followed', target, hops, to }] : [];
}

/** Of a body without end only the time to its beginning. */
function lengthOf({ answers }: Visit, { follow, isScript }: Rules): Millis {
  const asked = follow || isScript ? answers : answers.slice(0, 1);
  const lengths = asked.map(({ body, headersMs, wholeMs }) =>
    body === 'endless' ? headersMs : wholeMs,
  );
  return lengths.reduce((sum, ms) => sum + ms, 0);
}

function nameOf(status: number): string {
  const names: Readonly<Record<number, string>> = {
    401: ' (it wants a login)',
    403: ' (it refuses)',
    404: ' (there is no such page)',
    429: ' (too many requests)',
  };
  return names[status] ?? '';
}

function fixForStatus(status: number): string {
  const orMeant = `or, if that answer is meant, add --allow-status ${status}.`;
  if (status === 401 || status === 403)
    return `Measure an address that answers without a login, log in with a --script of your own, ${orMeant}`;
  if (status === 404 || status === 410) return `Correct the path, ${orMeant}`;
  if (status === 429) return `Have this machine let through, or wait and lower --rate, ${orMeant}`;
  if (status >= 500) return `Look into the log of the app, ${orMeant}`;
  return `Correct the address, ${orMeant}`;
}

function fixFor(because: 'name' | 'refused' | 'slow' | 'other', host: string): string {
  switch (because) {
    case 'name':
      return `Check the spelling of ${host}; a new name takes minutes until it is known everywhere.`;
    case 'refused':
      return 'Start the app, or check the port.';
    case 'slow':
      return 'Check whether the app is running and a firewall lets this machine through.';
    case 'other':
      return `Look at it with \`curl -v ${host}\`.`;
  }
}
