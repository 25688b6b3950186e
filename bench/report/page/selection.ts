/** The cell that the charts below the heat map are about: indices into the page's data. */
export interface Selection {
  readonly table: number;
  readonly place: number;
  readonly target: number;
}

type Listener = (selection: Selection) => void;

let current: Selection = { table: 0, place: 0, target: 0 };
const listeners: Listener[] = [];

export const selected = (): Selection => current;

/** Calls the listener now and whenever another cell is chosen. */
export function onSelect(listener: Listener): void {
  listeners.push(listener);
  listener(current);
}

export function select(change: Partial<Selection>): void {
  current = { ...current, ...change };
  for (const listener of listeners) listener(current);
}
