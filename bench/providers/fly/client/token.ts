import { BenchError } from '../../../base/errors.ts';

const macaroon = /^fm(1r|1a|2)_/;

/** How to get a token; the fix of every error about one. */
export const howToGetToken = 'Make one: export FLY_API_TOKEN="$(fly tokens create org)"';

/** The parts of a token as people paste it: `FlyV1 fm2_a,fm2_b`, `Bearer …`, or both words. */
export function tokenParts(token: string): string[] {
  return token
    .split(',')
    .map((part) => part.trim().replace(/^((bearer|flyv1)\s+)+/i, ''))
    .filter((part) => part !== '' && !/^(bearer|flyv1)$/i.test(part));
}

/** The header's value. Macaroons go together under a scheme of their own, and win over plain tokens. */
export function authorizationOf(token: string): string {
  const parts = tokenParts(token);
  // A header can carry nothing else; undici would say so without saying what to do.
  if (parts.length === 0 || !parts.every((part) => /^[\x21-\x7e]+$/.test(part)))
    throw new BenchError('usage', 'The Fly token is empty or has blanks in it.', howToGetToken);
  const macaroons = parts.filter((part) => macaroon.test(part));
  return macaroons.length > 0 ? `FlyV1 ${macaroons.join(',')}` : `Bearer ${parts.join(',')}`;
}
