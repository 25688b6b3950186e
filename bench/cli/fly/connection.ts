import { visible } from '../../base/visible.ts';
import { flyAccess, machinesClient } from '../../providers/fly/machines.ts';
import type { MachinesApi } from '../../providers/fly/machines-api.ts';
import type { Io } from '../io.ts';

/** Fly, as one command talks to it. */
export interface FlyConnection {
  readonly api: MachinesApi;
  readonly baseUrl: string;
  /** From now on hears why nothing goes on, while the API does not answer; standard error until then. */
  readonly tell: (say: (text: string) => void) => void;
}

/**
 * Lends a connection to the account that the environment names, and closes it however `use` ends. Throws a BenchError
 * (usage) without a token.
 */
export async function withFly<T>(
  io: Io,
  use: (connection: FlyConnection) => Promise<T>,
): Promise<T> {
  const access = flyAccess(io.env);
  let hear = (text: string): void => void io.err.write(`note ${visible(text)}\n`);
  const api = machinesClient({
    ...access,
    say: (text) => {
      hear(text);
    },
  });
  try {
    return await use({
      api,
      baseUrl: access.baseUrl,
      tell: (say) => {
        hear = say;
      },
    });
  } finally {
    await api.close();
  }
}
