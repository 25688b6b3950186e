import type { LinkReading } from '../../samples/links.ts';
import type { LinkWatch } from '../provider.ts';
import type { LinkProbe } from './link-probe.ts';

/** A link probe that is started when it is first needed, and again when it has ended. */
export interface LastingProbe {
  /** Rejects if it can't be started. */
  get(): Promise<LinkProbe>;
  /** Goes on with the next process. */
  watch(seen: (readings: readonly LinkReading[]) => void): LinkWatch;
  /** Hears of each process. */
  started(hear: (probe: LinkProbe) => void): void;
  stop(): Promise<void>;
}

/** What ends again and again will go on to do so. */
const mostStarts = 4;

export function lastingProbe(start: () => Promise<LinkProbe>): LastingProbe {
  let probe: Promise<LinkProbe> | undefined;
  let starts = 0;
  let stopped = false;
  const hearers: ((probe: LinkProbe) => void)[] = [];
  const get = (): Promise<LinkProbe> => {
    if (probe !== undefined) return probe;
    starts++;
    const begun = start();
    probe = begun;
    void begun.then(
      (running) => {
        for (const hear of hearers) hear(running);
        void running.ended.then(() => {
          if (probe === begun && starts < mostStarts && !stopped) probe = undefined;
        });
      },
      () => undefined,
    );
    return begun;
  };
  return {
    get,
    watch: (seen) => {
      let isOver = false;
      let current: LinkWatch | undefined;
      const follow = async (): Promise<void> => {
        for (let from = 0; !isOver && !stopped && from < mostStarts; from++) {
          const running = await get();
          current = running.watch(seen);
          await running.ended;
        }
      };
      // Whoever can't be watched is calibrated in vain too, and that is told.
      follow().catch(() => undefined);
      return {
        stop: async () => {
          isOver = true;
          await current?.stop();
        },
      };
    },
    started: (hear) => {
      hearers.push(hear);
      void probe?.then(hear, () => undefined);
    },
    stop: async () => {
      stopped = true;
      await probe?.then(
        (running) => running.stop(),
        () => undefined,
      );
    },
  };
}
