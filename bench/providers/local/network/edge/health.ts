import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'undici';
import type { Random } from '../../../../base/random.ts';
import type { Millis } from '../../../../base/units.ts';
import { now } from '../clock.ts';
import type { MachineAddress } from '../protocol.ts';
import type { MachineHealth } from './route.ts';

const checkEveryMs: Millis = 2000;
/** While it fails, so that a machine that comes up gets requests soon. */
const recheckEveryMs: Millis = 250;
const checkTimeoutMs: Millis = 2000;
/** One slow answer on a busy computer is no failure. */
const failuresToFail = 2;
const suspectForMs: Millis = 1000;

/** What is known about the machines: by asking `GET /healthz` of each directly, and by broken connections. */
export class Health {
  readonly #failures = new Map<string, number>();
  readonly #suspectUntil = new Map<string, Millis>();
  readonly #stop = new AbortController();

  /** Machines count as healthy until checks fail. */
  of(id: string): MachineHealth {
    if ((this.#failures.get(id) ?? 0) >= failuresToFail) return 'failing';
    return (this.#suspectUntil.get(id) ?? 0) > now() ? 'suspect' : 'healthy';
  }

  /** A connection to it was refused or broken just now. */
  suspect(id: string): void {
    this.#suspectUntil.set(id, now() + suspectForMs);
  }

  /** Begins to check; `random` spreads the checks of many machines over time. */
  watch(machines: readonly MachineAddress[], random: Random): void {
    for (const machine of machines) void this.#check(machine, checkEveryMs * random.float());
  }

  close(): void {
    this.#stop.abort();
  }

  async #check({ id, port }: MachineAddress, firstAfterMs: Millis): Promise<void> {
    const client = new Client(`http://127.0.0.1:${port}`, { keepAliveTimeout: 2 * checkEveryMs });
    let waitMs = firstAfterMs;
    while (await this.#wait(waitMs)) {
      const failures = (await answersWell(client)) ? 0 : (this.#failures.get(id) ?? 0) + 1;
      this.#failures.set(id, failures);
      waitMs = failures === 0 ? checkEveryMs : recheckEveryMs;
    }
    await client.destroy();
  }

  /** False: no more checks. */
  #wait(ms: Millis): Promise<boolean> {
    return sleep(ms, true, { signal: this.#stop.signal, ref: false }).catch(() => false);
  }
}

async function answersWell(client: Client): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(checkTimeoutMs);
    const { statusCode, body } = await client.request({ path: '/healthz', method: 'GET', signal });
    await body.dump();
    return statusCode >= 200 && statusCode < 300;
  } catch {
    return false;
  }
}
