import { formatSeconds, type Millis } from '../../../base/units.ts';
import type { Clock } from './clock.ts';

/** Trouble that is shorter passes by itself before anybody could do anything. */
const shortMs: Millis = 5000;
const sayAgainMs: Millis = 30_000;

/** Tells a person whose command stands still that it is the API which does not answer. */
export interface Silence {
  /** A try that began then came to nothing. */
  failed(begunAt: Millis, why: string): void;
  /** Something was answered, whatever it was. */
  answered(): void;
}

/** Of all calls together: while some are answered, the API is there. */
export function watchSilence({ now }: Pick<Clock, 'now'>, say: (text: string) => void): Silence {
  let since: Millis | undefined;
  let saidAt: Millis | undefined;
  return {
    failed: (begunAt, why) => {
      since ??= begunAt;
      const forMs = now() - since;
      if (forMs < shortMs || (saidAt !== undefined && now() - saidAt < sayAgainMs)) return;
      saidAt = now();
      say(`Fly has not answered for ${formatSeconds(forMs / 1000)} (${why}); trying on.`);
    },
    answered: () => {
      if (saidAt !== undefined) say('Fly answers again.');
      since = undefined;
      saidAt = undefined;
    },
  };
}
