import { html, type Html } from './markup.ts';

/** All that can stand in a region; what does is shown by the classes of its site. */
export const siteSymbol = symbol('-14 -14 28 28');

function symbol(viewBox: string): Html {
  return html`<svg viewBox="${viewBox}" aria-hidden="true">
    <rect class="app" x="-10" y="-10" width="20" height="20" rx="3" />
    <circle class="vantage" r="6" />
    <path class="cross" d="M-4-4l8 8m0-8l-8 8" />
    <path
      class="db"
      d="M2.5 4v7c0 3.4 10.5 3.4 10.5 0v-7c0-3.4-10.5-3.4-10.5 0c0 3.4 10.5 3.4 10.5 0"
    />
  </svg>`;
}

const middle = '-12 -12 24 24';
/** A database stands at the lower right of its region. */
const corner = '-4 -4.5 24 24';

const signs: readonly (readonly [classes: string, viewBox: string, text: string])[] = [
  ['is-vantage h1', middle, 'measured from'],
  ['is-vantage missing', middle, 'missing'],
  ['has-app', middle, 'app machine'],
  ['has-db', corner, 'database'],
  ['has-db replica', corner, 'read replica'],
];

/** What the signs of the map mean. */
export const mapKey = html`<ul class="key">
  ${signs.map(
    ([classes, viewBox, text]) =>
      html`<li><span class="${classes}">${symbol(viewBox)}</span>${text}</li> `,
  )}
  <li>
    <svg class="sample" viewBox="0 0 40 20" aria-hidden="true">
      <path class="casing" d="M2 10H38" />
      <path class="arc h5" d="M2 10H38" /></svg
    >to who answered
  </li>
  <li>
    <svg class="sample" viewBox="0 0 40 20" aria-hidden="true">
      <path class="wire" d="M2 10H38" /></svg
    >from an app to its database
  </li>
</ul>`;
