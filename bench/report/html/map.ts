import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../base/package-root.ts';
import { placeLabels, type Labelled, type LabelSizes, type LabelSpot } from '../map/labels.ts';
import { frameOf, type Frame } from '../map/project.ts';
import { sideBySide } from '../map/side-by-side.ts';
import type { ReportModel } from '../model.ts';
import { mapData, type Site } from '../page-data/map.ts';
import { list, visible } from '../words.ts';
import { breakable } from './heat.ts';
import { heatLegend } from './heat-legend.ts';
import { mapKey, siteSymbol } from './map-key.ts';
import { mapTables } from './map-tables.ts';
import { html, name, type Html } from './markup.ts';

/** The world with the run on it; left out where it is not known where anything is. */
export function mapSection(model: ReportModel): Html | undefined {
  const { sites } = mapData(model);
  if (sites.length === 0) return undefined;
  return html`<section id="map">
    <h2>Where the answers come from</h2>
    <p class="how">
      A circle is a region that was measured from, and its line leads to the region that answered;
      both have the colour of the median time to first byte.
    </p>
    ${switcher(model)} ${picture(sites)} ${mapKey} ${heatLegend(model)}
    <p class="caption" aria-live="polite"></p>
    ${unmapped(model)}
    <details>
      <summary>The figures as a table</summary>
      ${mapTables(model)}
    </details>
  </section>`;
}

/** Shown by the page's script, which it is of no use without. */
function switcher({ targets }: ReportModel): Html | undefined {
  if (targets.length < 2) return undefined;
  return html`<fieldset class="targets" hidden>
    <legend>Deployment</legend>
    ${targets.map(
      (target, i) =>
        html`<label
          ><input type="radio" name="map-target" value="${i}" /> ${breakable(target)}</label
        > `,
    )}
  </fieldset>`;
}

function picture(sites: readonly Site[]): Html {
  const frame = frameOf(sites);
  const { x, y, width, height } = frame;
  const land = readFileSync(join(packageRoot(), 'dist', 'land.txt'), 'utf8');
  const sides = sideBySide(sites);
  const marks = sites.map((site, i) => ({
    ...site,
    name: site.name ?? site.code,
    side: sides[i] ?? 0,
  }));
  const spots = layouts.map((sizes) => placeLabels(marks, frame, sizes));
  return html`<div
    class="world"
    role="group"
    aria-label="World map; the table below has the same figures"
  >
    <svg viewBox="${x} ${y} ${width} ${height}" aria-hidden="true">
      <path class="land" d="${land}" />
      <g></g>
    </svg>
    ${marks.map((mark, i) =>
      siteMark(
        mark,
        frame,
        spots.map((layout) => layout[i]),
      ),
    )}
  </div>`;
}

/** For a map as wide as this at least: map.css has the same steps. */
const layouts: readonly LabelSizes[] = [
  { width: 320, height: 15, long: 68, short: 24, letter: 6.5, mark: 10, step: 20 },
  { width: 580, height: 18, long: 82, short: 30, letter: 7.5, mark: 13, step: 28 },
  { width: 960, height: 18, long: 82, short: 30, letter: 7.5, mark: 13, step: 28 },
];

/** A vantage is a button that selects it. */
function siteMark(
  mark: Site & Labelled,
  frame: Frame,
  spots: readonly (LabelSpot | undefined)[],
): Html {
  const left = (100 * (mark.x - frame.x)) / frame.width;
  const top = (100 * (mark.y - frame.y)) / frame.height;
  const side = mark.side === 0 ? '' : `--side:${mark.side};`;
  const style = `left:${left.toFixed(2)}%;top:${top.toFixed(2)}%;${side}${spots.map(spotStyle).join('')}`;
  const title = mark.city === undefined ? mark.name : `${mark.name}, ${mark.city}`;
  const inner = html`${siteSymbol}<span class="label"><b>${name(mark.name)}</b> <i></i></span>`;
  return mark.place === undefined
    ? html`<span class="site" style="${style}" title="${title}">${inner}</span>`
    : html`<button type="button" class="site" style="${style}" title="${title}">${inner}</button>`;
}

function spotStyle(spot: LabelSpot | undefined, layout: number): string {
  if (spot === undefined) return `--show${layout}:none;`;
  const value = spot.value ? '' : `--value${layout}:none;`;
  const { before, dx, dy } = spot;
  return `--spot${layout}:calc(${-100 * before}% + ${dx}px) ${dy}px;${value}`;
}

function unmapped({ places, geography }: ReportModel): Html | undefined {
  const lost = places.filter(({ region }) => !geography.coordinates.has(region));
  if (lost.length === 0) return undefined;
  const codes = lost.map(({ code }) => visible(code));
  return html`<p class="how">Not on the map, as nobody knows where it is: ${list(codes)}.</p>`;
}
