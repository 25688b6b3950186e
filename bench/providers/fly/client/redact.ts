import { tokenParts } from './token.ts';

/** Shorter words would be found in texts that have nothing to do with the token. */
const leastLetters = 4;

/** What takes the token out of any text: whole, by its parts, and as URLs spell it. */
export function redactor(token: string): (text: string) => string {
  const secrets = [token, token.trim(), ...tokenParts(token)].filter(
    ({ length }) => length >= leastLetters,
  );
  const spellings = [...new Set(secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]))];
  // The longest first: a part may be the beginning of another.
  spellings.sort((a, b) => b.length - a.length);
  return (text) => spellings.reduce((left, secret) => left.replaceAll(secret, '[token]'), text);
}
