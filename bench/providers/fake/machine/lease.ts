import { randomBytes, randomUUID } from 'node:crypto';
import { ApiError } from '../api-error.ts';

/** Who alone may change a machine, until when. */
export interface Lease {
  readonly nonce: string;
  /** Unix seconds. */
  readonly expiresAt: number;
  readonly owner: string;
  readonly description: string;
}

const defaultTtlS = 300;

/** The lease if it is still held. */
export const held = (lease: Lease | undefined, now: number = Date.now()): Lease | undefined =>
  lease !== undefined && lease.expiresAt * 1000 > now ? lease : undefined;

export function newLease(ttlS: number = defaultTtlS, description = ''): Lease {
  return {
    nonce: randomBytes(6).toString('hex'),
    expiresAt: Math.ceil(Date.now() / 1000) + ttlS,
    owner: `${randomUUID()}@tokens.fly.io`,
    description,
  };
}

/** Throws an ApiError (409) if somebody else holds the machine: somebody without the lease's nonce. */
export function checkLease(
  machine: { readonly id: string; readonly lease: Lease | undefined },
  nonce: string | undefined,
): void {
  const lease = held(machine.lease);
  if (lease === undefined || lease.nonce === nonce) return;
  const until = new Date(lease.expiresAt * 1000).toISOString().replace('.000', '');
  throw new ApiError(
    409,
    `machine ID ${machine.id} lease currently held by ${lease.owner}, expires at ${until}`,
  );
}
