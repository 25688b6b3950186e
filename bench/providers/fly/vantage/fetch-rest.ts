import type { UnixMillis } from '../../../base/units.ts';
import type { Collector } from './collect.ts';
import type { Contact } from './contact.ts';
import { fullBytes } from './poll-words.ts';
import type { Watching } from './watching.ts';

/** A part's bytes are asked for so often in vain. */
const mostInVain = 5;

/** Brings home what is missing of a part that is done. Throws if that can't be done. */
export async function fetchRest(
  contact: Contact,
  collector: Collector,
  giveUpAt: () => UnixMillis,
  { clock, pollMs }: Watching,
): Promise<void> {
  let inVain = 0;
  while (clock.now() < giveUpAt()) {
    if (collector.missing <= 0) await collector.settled();
    if (collector.missing <= 0) return;
    const before = collector.offset;
    const poll = await contact.poll(fullBytes);
    if (poll === undefined) await clock.sleep(Math.min(1000, pollMs));
    // A damaged segment is fetched again, but not for ever.
    else inVain = collector.offset > before ? 0 : inVain + 1;
    if (inVain > mostInVain) throw new Error('its samples can not be fetched to their end');
  }
}
