import type { PageData } from '../page-data.ts';
import type { MapData } from '../page-data/map.ts';
import { mapCaption } from './map-caption.ts';
import { mapPicture, type Mark } from './map-picture.ts';
import { rove, stopAt } from './roving.ts';
import { onSelect, select, selected, type Selection } from './selection.ts';

/** Brings the map to life: it follows the selection, and selects. */
export function startMap({ map, targets, choices }: PageData): void {
  const section = document.getElementById('map');
  if (section === null || map === undefined) return;
  const marks = [...section.querySelectorAll<HTMLElement>('.site')];
  const vantages = marks.filter((mark) => mark instanceof HTMLButtonElement);
  const radios = [...section.querySelectorAll<HTMLInputElement>('.targets input')];
  offer(section, radios, vantages, map);
  onSelect((selection) => {
    draw(section, map, marks, selection);
    for (const radio of radios) radio.checked = radio.value === String(selection.target);
    stopAt(vantages, marks[map.sites.findIndex(({ place }) => place === selection.place)]);
    const caption = section.querySelector('.caption');
    const text = mapCaption(map, { targets, workloads: choices?.workloads ?? [] }, selection);
    // Said again only if it is something else.
    if (caption !== null && caption.textContent !== text) caption.textContent = text;
  });
}

function offer(
  section: HTMLElement,
  radios: readonly HTMLInputElement[],
  vantages: readonly HTMLElement[],
  { sites }: MapData,
): void {
  section.querySelector('.targets')?.removeAttribute('hidden');
  for (const radio of radios)
    radio.addEventListener('change', () => {
      select({ target: Number(radio.value) });
    });
  const places = sites.flatMap(({ place }) => place ?? []);
  for (const [i, vantage] of vantages.entries())
    vantage.addEventListener('click', () => {
      select({ place: places[i] ?? selected().place });
    });
  rove(vantages, (key, from) => {
    if (key === 'ArrowRight' || key === 'ArrowDown') return (from + 1) % vantages.length;
    if (key === 'ArrowLeft' || key === 'ArrowUp') return (from || vantages.length) - 1;
    return undefined;
  });
}

function draw(
  section: HTMLElement,
  map: MapData,
  elements: readonly HTMLElement[],
  selection: Selection,
): void {
  const { arcs, wires, marks } = mapPicture(map, selection);
  section
    .querySelector('.world g')
    ?.replaceChildren(
      ...wires.map((path) => pathElement(path, 'wire')),
      ...arcs.map(({ path }) => pathElement(path, 'casing')),
      ...arcs.map(({ path, heat }) => pathElement(path, `arc h${heat}`)),
    );
  elements.forEach((element, i) => {
    const mark = marks[i];
    if (mark !== undefined) show(element, mark);
  });
}

function show(element: HTMLElement, { classes, value, label }: Mark): void {
  element.className = ['site', ...classes].join(' ');
  const text = element.querySelector('.label i');
  if (text !== null) text.textContent = value;
  // The name is what stands beside the mark; this describes it.
  element.title = label;
  if (!(element instanceof HTMLButtonElement)) return;
  element.setAttribute('aria-pressed', String(classes.includes('selected')));
}

function pathElement(path: string, className: string): SVGPathElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  element.setAttribute('d', path);
  element.setAttribute('class', className);
  return element;
}
