import { messageIn } from '../k6/said.ts';
import { scriptError } from '../base/script-error.ts';
import type { Trial } from '../k6/trial.ts';
import { mostCommonFailure } from '../samples/failure-words.ts';
import type { Sample } from '../samples/sample.ts';

/** What is wrong with a script, before anything was measured. */
export interface TrialFault {
  /** The target on which it failed; undefined: the script as a whole. */
  readonly target?: string;
  readonly what: string;
  readonly fix: string;
}

/**
 * Judges one iteration of a script on each of its targets. `imports`: modules of k6 that it uses. A script that throws,
 * fails its checks, sends no request or gets no good answer would be measured wrongly for as long as a run takes.
 */
export function judgeTrial(
  trial: Trial,
  targets: readonly string[],
  imports: readonly string[],
): TrialFault[] {
  const [error] = trial.errors;
  if (trial.code !== 0) return [wholeFault(error ?? `k6 ended with exit code ${trial.code}`)];
  return targets.flatMap((target) => faultOn(target, trial, imports));
}

function wholeFault(error: string): TrialFault {
  const text = scriptError(messageIn(error));
  const remote = /couldn't be retrieved from the resolved url "([^"]+)"/.exec(text)?.[1];
  if (remote !== undefined)
    return {
      what: `The script imports ${remote}, which can't be fetched from here.`,
      fix: 'Install it as a package and import it by name, or keep a copy beside the script.',
    };
  const missing = /The "\S+" at "?(\S+?)"? was not found|open (\S+): no such file/.exec(text);
  return {
    what: `The script can't run: ${text.replace(/\.$/, '')}.`,
    fix:
      missing === null
        ? 'Correct the script; `k6 run --iterations 1` shows it on its own.'
        : 'Paths in a script are relative to its own folder.',
  };
}

function faultOn(target: string, trial: Trial, imports: readonly string[]): TrialFault[] {
  const extras = trial.extras.filter(({ block }) => block?.target === target);
  const samples = trial.samples.filter((sample) => sample.target === target);
  const threw = extras.find(({ metric }) => metric === 'bench_exceptions');
  if (threw !== undefined)
    return [
      {
        target,
        what: `The script throws: ${decodeURIComponent(threw.tags['bench_error'] ?? '')}${after(samples)}.`,
        fix: 'Correct it: what comes after that line would never be measured.',
      },
    ];
  if (samples.length === 0) return [noRequest(target, imports)];
  const bad = samples.filter(({ failed }) => failed);
  const [worst] = bad;
  if (worst !== undefined)
    return [
      {
        target,
        what: `${bad.length} of ${samples.length} requests of the script failed: ${worst.step} (${wordsFor(worst)}).`,
        fix:
          worst.status === 0
            ? 'Is the server up, and its address right? `curl -v` shows more.'
            : `Correct the script, or declare such answers as expected: http.setResponseCallback(http.expectedStatuses(${worst.status})).`,
      },
    ];
  const checks = extras.filter(({ metric, value }) => metric === 'checks' && value === 0);
  const [check] = checks;
  if (check === undefined) return [];
  const name = decodeURIComponent(check.tags['bench_check'] ?? '');
  return [
    {
      target,
      what: `The script's check "${name}" fails${checks.length > 1 ? `, and ${checks.length - 1} more` : ''}.`,
      fix: 'Is this the right page? Correct the target or the check: the time of a wrong answer says nothing.',
    },
  ];
}

const wordsFor = ({ errorCode, status }: Sample): string =>
  mostCommonFailure(new Map([[`${errorCode}:${status}`, 1]])) ?? 'no answer';

/** What it had answered until then helps to find the line. */
function after(samples: readonly Sample[]): string {
  const last = samples.at(-1);
  return last === undefined ? '' : `, after ${last.step} was answered with HTTP ${last.status}`;
}

const protocols: Readonly<Record<string, string>> = {
  'k6/ws': 'WebSocket',
  'k6/websockets': 'WebSocket',
  'k6/experimental/websockets': 'WebSocket',
  'k6/net/grpc': 'gRPC',
  'k6/experimental/grpc': 'gRPC',
  'k6/browser': 'a browser',
  'k6/experimental/redis': 'Redis',
};

function noRequest(target: string, imports: readonly string[]): TrialFault {
  const other = imports.map((module) => protocols[module]).find((name) => name !== undefined);
  return {
    target,
    what: `The script sends no HTTP request${other === undefined ? '' : `: it uses ${other}`}.`,
    fix:
      other === undefined
        ? 'Send at least one with k6/http: http.get(`${__ENV.TARGET_URL}/`).'
        : 'Time to first byte is measured of HTTP requests only; measure the HTTP side with k6/http.',
  };
}
