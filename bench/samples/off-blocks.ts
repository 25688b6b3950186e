import { formatMillis, type Millis, type UnixMillis } from '../base/units.ts';
import { regionOf } from '../world/vantage.ts';
import { judgeLink } from './judge-link.ts';
import type { LinkReading } from './links.ts';
import type { Manifest } from './manifest.ts';
import { linkKey, probedLinks, type LinkName, type NamedLink } from './probed-links.ts';
import { roundSpans } from './round-spans.ts';

/** A block whose requests crossed a link that was off in its round. */
export interface OffBlock {
  readonly vantage: string;
  readonly target: string;
  readonly round: number;
  readonly link: LinkName & { readonly wantedMs: Millis };
  /** Undefined: most probes had no answer. */
  readonly medianMs: Millis | undefined;
}

/**
 * The blocks of a plan that a link was off for, by its probes in the block's round. Requests of a vantage cross the
 * link between its region and the primary one: on their way to the app, with the app's queries, or when they are
 * replayed; from the primary region they cross none. Links between other regions carry no request, and what is only
 * replicated is waited for by none: `lag.csv` shows it. A target at a URL of its own has no emulated link.
 */
export function offBlocks(
  run: Pick<Manifest, 'rtt' | 'plan'>,
  startAt: UnixMillis,
  readings: readonly LinkReading[],
): OffBlock[] {
  const { plan } = run;
  const links = new Map(probedLinks(run, readings).map((link) => [linkKey(link), link]));
  const spans = [...roundSpans(plan, startAt)];
  return plan.vantages.flatMap((vantage) =>
    plan.targets.flatMap((target) => {
      if (target.kind === 'url') return [];
      const link = linkOf(links, plan.primary, vantage, target.sameAs ?? target.name);
      if (link === undefined) return [];
      return spans.flatMap(([round, span]) => {
        const judged = judgeLink(link, span);
        if (judged?.off !== true) return [];
        return [{ vantage, target: target.name, round, link, medianMs: judged.medianMs }];
      });
    }),
  );
}

function linkOf(
  links: ReadonlyMap<string, NamedLink>,
  primary: string,
  vantage: string,
  topology: string,
): NamedLink | undefined {
  const pair = { from: regionOf(vantage), to: primary };
  return links.get(linkKey({ ...pair, topology })) ?? links.get(linkKey(pair));
}

const prefix = 'a link was off: ';

/** Why an {@link OffBlock} does not count, as part of a sentence. */
export function offReason({ link, medianMs }: OffBlock): string {
  const name = `${link.topology === undefined ? '' : `${link.topology}’s `}${link.from}–${link.to}`;
  const measured =
    medianMs === undefined ? 'did not answer' : `measured ${formatMillis(medianMs)} ms`;
  return `${prefix}${name} ${measured} where ${formatMillis(link.wantedMs)} ms was wanted`;
}

/** Whether a block does not count because of a link. */
export const isOffReason = (reason: string): boolean => reason.startsWith(prefix);
