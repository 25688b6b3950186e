import { randomUUID } from 'node:crypto';
import { getCookie, setCookie } from 'hono/cookie';
import type { AppContext } from './context.ts';

/** Who this is, if a former answer or a header said so; empty for a newcomer. */
export function knownVisitor(c: AppContext): string {
  const visitor = c.req.header('x-visitor') ?? getCookie(c, 'visitor') ?? '';
  return visitor.replaceAll('\0', '').slice(0, 200);
}

/** Who this is; a newcomer gets a name to keep. */
export function visitor(c: AppContext): string {
  const known = knownVisitor(c);
  if (known !== '') return known;
  const name = randomUUID();
  setCookie(c, 'visitor', name, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    maxAge: 365 * 24 * 3600,
  });
  return name;
}
