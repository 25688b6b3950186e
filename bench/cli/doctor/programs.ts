import { messageOf, BenchError } from '../../base/errors.ts';
import { describeK6 } from '../../k6/install.ts';
import { findPostgres } from '../../providers/local/postgres/find.ts';
import type { Check } from './check.ts';

export const postgresCheck: Check = async () => {
  try {
    const { major, bin, user } = await findPostgres();
    const as = user === undefined ? '' : `, run as ${user.name}`;
    return { subject: 'postgres', state: 'ok', detail: `${major} in ${bin}${as}` };
  } catch (error) {
    const fix =
      error instanceof BenchError ? error.fix : 'Set BENCH_POSTGRES_BIN to an installation.';
    return { subject: 'postgres', state: 'broken', detail: messageOf(error), fix };
  }
};
