import { randomBytes } from 'node:crypto';

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Fourteen hexadecimal digits. */
export const machineId = (): string => randomBytes(7).toString('hex');

/** A ULID: 26 characters, 10 of the time (ms) and 16 random ones, so that they sort by time. */
export function ulid(now: number = Date.now()): string {
  let time = '';
  for (let rest = now, i = 0; i < 10; i++, rest = Math.floor(rest / 32))
    time = `${crockford[rest % 32] ?? ''}${time}`;
  const random = [...randomBytes(16)].map((byte) => crockford[byte % 32] ?? '').join('');
  return time + random;
}

/** An address of the private network: fdaa, then network, host and machine. */
export function privateIp(): string {
  const word = () =>
    randomBytes(2)
      .toString('hex')
      .replace(/^0+(?=.)/, '');
  return `fdaa:0:${word()}:a7b:${word()}:${word()}:${word()}:2`;
}
