import type { PageData } from '../page-data.ts';
import { gridStep } from './heat-grid.ts';
import { rove, stopAt } from './roving.ts';
import { onSelect, select, type Selection } from './selection.ts';

/** Lets the cells of the heat map select: by pointer, Enter or space; arrow keys move among the cells of a table. */
export function startHeat({ targets }: PageData): void {
  const tables = [...document.querySelectorAll('table.heat')].map((table) => [
    ...table.querySelectorAll<HTMLButtonElement>('td button'),
  ]);
  const columns = targets.length;
  for (const [table, buttons] of tables.entries()) {
    rove(buttons, (key, from) => gridStep(key, from, columns, buttons.length));
    for (const [i, button] of buttons.entries())
      button.addEventListener('click', () => {
        select({ table, place: Math.floor(i / columns), target: i % columns });
      });
  }
  const chosen = document.querySelector<HTMLElement>('.chosen');
  onSelect((selection) => {
    press(tables, selection, columns);
    const name = chosen?.querySelector('b');
    if (chosen === null || name == null) return;
    name.textContent = pressed(tables, selection, columns)?.title ?? '';
    chosen.hidden = false;
  });
}

/** In a table that the selection is not in, the Tab key reaches the same cell. */
function press(
  tables: readonly (readonly HTMLButtonElement[])[],
  selection: Selection,
  columns: number,
): void {
  const now = pressed(tables, selection, columns);
  for (const buttons of tables) {
    for (const button of buttons) button.setAttribute('aria-pressed', String(button === now));
    stopAt(buttons, buttons[selection.place * columns + selection.target]);
  }
}

const pressed = (
  tables: readonly (readonly HTMLButtonElement[])[],
  { table, place, target }: Selection,
  columns: number,
): HTMLButtonElement | undefined => tables[table]?.[place * columns + target];
