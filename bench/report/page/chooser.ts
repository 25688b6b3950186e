import { onSelect, select, type Selection } from './selection.ts';

/** Keeps the menus of the chosen cell in step with the selection, and the other way round. */
export function startChoosers(): void {
  const menus = [...document.querySelectorAll<HTMLSelectElement>('select[data-choose]')];
  for (const menu of menus) {
    menu.addEventListener('change', () => {
      select({ [keyOf(menu)]: Number(menu.value) });
    });
    menu.closest('[hidden]')?.removeAttribute('hidden');
  }
  onSelect((selection) => {
    for (const menu of menus) menu.value = String(selection[keyOf(menu)]);
  });
}

const keyOf = (menu: HTMLSelectElement): keyof Selection =>
  menu.dataset['choose'] as keyof Selection;
