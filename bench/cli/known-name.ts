import { ProblemsError } from '../base/errors.ts';
import { suggest } from '../config/nearest-name.ts';

/** The value of a flag that takes one of some names. Throws a ProblemsError, which suggests one, if it is none. */
export function knownName<T extends string>(flag: string, typed: string, names: readonly T[]): T {
  const found = names.find((name) => name === typed);
  if (found !== undefined) return found;
  const what = `no ${flag.slice(2)} is called "${typed}"`;
  throw new ProblemsError([{ where: flag, what, fix: suggest(typed, names) }]);
}
