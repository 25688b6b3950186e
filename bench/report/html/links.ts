import { formatMillis } from '../../base/units.ts';
import type { LinkInSpan } from '../../samples/judge-link.ts';
import type { LinkHistory, LinkLine } from '../link-history.ts';
import { plural } from '../words.ts';
import { chartFigure, figuresTable } from './chart-figure.ts';
import { html, name, type Html } from './markup.ts';

/** What links measured while the run went on, round by round. */
export function linksFigure({ links, all, rounds }: LinkHistory): Html {
  const lost = rounds.filter((round) => round.lost);
  const some =
    links.length < all
      ? ` Shown are the ${links.length} of ${all} that were farthest off in a round.`
      : '';
  const verdict =
    lost.length === 0
      ? 'No round was lost to a link.'
      : `${plural(lost.length, 'round')} of ${rounds.length} ${lost.length === 1 ? 'does' : 'do'} not count at the vantages whose link was off: ${lost.map(({ round }) => round + 1).join(', ')}.`;
  return chartFigure({
    id: 'links-chart',
    title: 'Measured minus wanted round trip, while the load ran',
    how: html`Every link was probed about once a second. A round does not count at a vantage if the
      median of its probes over the link to the primary region was off by more than 2 ms and more
      than 2 %.${some} <b>${verdict}</b>`,
    table: figuresTable(
      'Links, round by round',
      ['Link', 'Wanted, ms', ...rounds.map(({ round }) => `Round ${round + 1}`)],
      links.map((link) => row(link)),
    ),
    isFixed: true,
  });
}

const row = (link: LinkLine): Html =>
  html`<tr>
    <th scope="row">${name(link.name)}</th>
    <td>${formatMillis(link.wantedMs)}</td>
    ${link.rounds.map((judged) => html`<td>${error(judged, link)}</td>`)}
  </tr> `;

/** Of the round's median; a word says what is off. */
function error(judged: LinkInSpan | undefined, { wantedMs }: LinkLine): Html | string {
  if (judged === undefined) return '–';
  if (judged.medianMs === undefined) return html`<b>no answer</b>`;
  const ms = judged.medianMs - wantedMs;
  const text = `${ms < 0 ? '−' : '+'}${Math.abs(ms).toFixed(2)}`;
  return judged.off ? html`<b>${text} off</b>` : text;
}
