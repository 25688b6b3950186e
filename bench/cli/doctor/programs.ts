import { BenchError, messageOf } from '../../base/errors.ts';
import { describeK6 } from '../../k6/install.ts';
import { defaultOptions } from '../../k6/install/options.ts';
import { findPostgres } from '../../providers/local/postgres/find.ts';
import type { Check } from './check.ts';

export const k6Check: Check = async (_, signal) => {
  const k6 = await describeK6({ ...defaultOptions(), signal });
  if (k6.state === 'ready')
    return { subject: 'k6', state: 'ok', detail: `${k6.version} in ${k6.path}` };
  if (k6.state === 'unusable')
    return { subject: 'k6', state: 'broken', detail: k6.error.message, fix: k6.error.fix };
  return {
    subject: 'k6',
    state: 'poor',
    detail: `${k6.version} is not here yet; the first run will ${k6.ways.join(', or else ')}`,
    fix: 'Nothing to do; or set K6_PATH to have the first run start at once.',
  };
};

export const postgresCheck: Check = async (_, signal) => {
  try {
    const { major, bin, user } = await findPostgres({ signal });
    const as = user === undefined ? '' : `, run as ${user.name}`;
    return { subject: 'postgres', state: 'ok', detail: `${major} in ${bin}${as}` };
  } catch (error) {
    const fix =
      error instanceof BenchError ? error.fix : 'Set BENCH_POSTGRES_BIN to an installation.';
    return { subject: 'postgres', state: 'broken', detail: messageOf(error), fix };
  }
};
