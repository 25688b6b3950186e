import type { Millis } from '../../base/units.ts';
import type { Estimate } from '../../stats/interval.ts';
import type { Race } from '../findings/races.ts';
import type { Place } from '../model.ts';
import type { TableCell } from '../tables.ts';
import { figure, isBelow, range, visible } from '../words.ts';
import { html, type Html } from './markup.ts';

/** A cell of the heat map: a button that selects it, with what colours and hatching say in words too. */
export function heatCell(
  { target, result, heat }: TableCell,
  place: Place,
  race: Race | undefined,
  budgetMs: Millis,
): Html {
  const { p50 } = result.summary;
  const who = `${visible(target)} in ${visible(place.code)}`;
  if (p50 === undefined || heat === undefined) return nothing(place, who);
  const interval = intervalOf(p50);
  const isOver = !isBelow(p50, budgetMs);
  const { isSure, words } = standing(race, target);
  const bound = p50.isLowerBound === true ? ['at least that long, as requests were cut'] : [];
  const spoken = [who, ...bound, isOver ? 'above the goal' : 'within the goal', ...words].join(
    ', ',
  );
  return html`<td class="h${heat}${isOver ? ' over' : ''}${isSure ? '' : ' unsure'}">
    <button type="button" aria-pressed="false" title="${spoken}">
      ${figure(p50)}<small>${interval}</small><span class="sr">, ${spoken}</span>
    </button>
  </td>`;
}

function intervalOf({ interval, isLowerBound }: Estimate): string {
  if (isLowerBound === true) return 'at least';
  return interval === undefined ? 'no interval' : range(interval);
}

function nothing({ gap }: Place, who: string): Html {
  const why = gap === undefined ? 'no valid round' : `missing: ${gap}`;
  return html`<td class="none">
    <button type="button" aria-pressed="false" title="${who}, ${why}">
      –<small>${gap === undefined ? why : 'missing'}</small><span class="sr">, ${who}</span>
    </button>
  </td>`;
}

/** Behind the fastest of the region, for sure or not. Alone there is nothing to be told apart from. */
function standing(
  race: Race | undefined,
  target: string,
): { readonly isSure: boolean; readonly words: readonly string[] } {
  const [first, ...others] = race?.ranked ?? [];
  if (first === undefined || others.length === 0) return { isSure: true, words: [] };
  if (target === first.target)
    return {
      isSure: true,
      words: [race?.winner === target ? 'clearly the fastest here' : 'fastest here, if only just'],
    };
  const behind = others.find((one) => one.target === target)?.behind;
  const than = visible(first.target);
  if (behind?.verdict === 'slower') return { isSure: true, words: [`slower than ${than}`] };
  if (behind?.verdict === 'no-difference') return { isSure: false, words: [`as fast as ${than}`] };
  const reason = behind?.reason === undefined ? '' : ` (${behind.reason})`;
  return { isSure: false, words: [`not told apart from ${than}${reason}`] };
}
