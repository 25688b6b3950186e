import { BenchError, type ErrorKind } from '../../../base/errors.ts';
import { accountRefusal, refusalFixes } from '../refusals.ts';

/** A command of flyctl that failed, in words for a person. */
export class FlyctlError extends BenchError {
  /** Another region may have room. */
  readonly noCapacity: boolean;

  constructor(kind: ErrorKind, what: string, fix: string, noCapacity = false) {
    super(kind, what, fix);
    this.noCapacity = noCapacity;
  }
}

export function isNoCapacity(error: unknown): boolean {
  return error instanceof FlyctlError && error.noCapacity;
}

/** What to tell of a command that ended with an exit code. `said`: what it printed, without secrets. */
export function trouble(command: string, said: string, log: string): FlyctlError {
  const what = `\`${command}\`: ${lastWord(said)}`;
  const refusal = accountRefusal(what);
  if (refusal === 'payment') return new FlyctlError('usage', what, refusalFixes.payment);
  if (refusal === 'quota') return new FlyctlError('fault', what, refusalFixes.quota, true);
  const known = kinds.find(({ pattern }) => pattern.test(said));
  if (known === undefined)
    return new FlyctlError(
      'fault',
      what,
      `All it said is in ${log}. The same command again goes on where this one stopped.`,
    );
  return new FlyctlError(known.kind, what, known.fix, known.noCapacity);
}

const kinds: readonly {
  readonly pattern: RegExp;
  readonly kind: ErrorKind;
  readonly fix: string;
  readonly noCapacity?: true;
}[] = [
  {
    pattern:
      /no access token|not logged in|must be authenticated|unauthori[sz]ed|token (is )?(invalid|expired)|log ?in (again|to)/i,
    kind: 'usage',
    fix: 'Log in with `fly auth login`, or export FLY_API_TOKEN="$(fly tokens create org)".',
  },
  {
    pattern: /already been taken|name_taken/i,
    kind: 'usage',
    fix: 'Names are shared by everybody on Fly: set app of [bench.fly] to one of your own.',
  },
  {
    pattern: /is deprecated and cannot have new resources/i,
    kind: 'usage',
    fix: 'Choose the region that it names: --substitute retired=live.',
  },
  {
    pattern: /insufficient (resources|memory|capacity)|no capacity|could not reserve resource/i,
    kind: 'fault',
    fix: 'Try again later, or choose another region.',
    noCapacity: true,
  },
  {
    pattern: /could not find organization|organization .*not found|forbidden|not authorized/i,
    kind: 'usage',
    fix: 'Name an organisation that you are a member of (--org), with a token for all of it: `fly tokens create org`.',
  },
];

/** The line that says most: the last one that begins with Error, or the last one. */
function lastWord(said: string): string {
  const lines = said
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const line = lines.findLast((text) => /^(✗|x)?\s*error/i.test(text)) ?? lines.at(-1);
  return (line ?? 'it failed, and said nothing').replace(/^(✗|x)?\s*error:?\s*/i, '').slice(0, 300);
}
