import { BenchError } from '../../base/errors.ts';
import type { MachinesApi, TokenPart } from './machines-api.ts';

/** The one organisation that a token is for; undefined if it is for several, or does not say. */
export function onlyOrg(token: readonly TokenPart[]): string | undefined {
  const orgs = new Set(token.map(({ org }) => org).filter((org) => org !== ''));
  return orgs.size === 1 ? [...orgs][0] : undefined;
}

/**
 * Where apps are made, unless somebody says where: the organisation that the token is for, or else the personal one.
 * Never fails for want of an answer.
 */
export async function defaultOrg(
  api: Pick<MachinesApi, 'token'>,
  signal: AbortSignal,
): Promise<string> {
  try {
    return onlyOrg(await api.token(signal)) ?? personal;
  } catch (error) {
    if (error instanceof BenchError) return personal;
    throw error;
  }
}

/** Every account has one of that name. */
export const personal = 'personal';
