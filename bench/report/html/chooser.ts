import { choicesData } from '../page-data/choices.ts';
import type { ReportModel } from '../model.ts';
import { html, type Html } from './markup.ts';

/** Menus for the cell that charts are about; the heat map chooses it too. Hidden until the script runs. */
export function chooser(model: ReportModel, section: string): Html {
  const { workloads, places } = choicesData(model);
  return html`<p class="chooser" hidden>
    ${menu(
      `${section}-place`,
      'place',
      'Region',
      places.map(({ name }) => name),
    )}
    ${menu(`${section}-target`, 'target', 'Target', model.targets)}
    ${workloads.length > 1 ? menu(`${section}-table`, 'table', 'Requests', workloads) : undefined}
  </p>`;
}

function menu(id: string, choose: string, label: string, options: readonly string[]): Html {
  return html`<span>
    <label for="${id}">${label}</label>
    <select id="${id}" data-choose="${choose}" autocomplete="off">
      ${options.map((text, i) => html`<option value="${i}">${text}</option>`)}
    </select>
  </span>`;
}
