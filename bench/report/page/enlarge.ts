import { select } from './selection.ts';

let enlarged = false;

/** Whether the bars of causes are drawn on the scale of the fast cells. */
export const isEnlarged = (): boolean => enlarged;

/** Shows the button that changes it; the charts that follow the chosen cell are drawn anew. */
export function offerEnlarging(): void {
  const button = document.querySelector<HTMLButtonElement>('button[data-enlarge]');
  if (button === null) return;
  button.addEventListener('click', () => {
    enlarged = !enlarged;
    button.setAttribute('aria-pressed', String(enlarged));
    select({});
  });
  button.parentElement?.removeAttribute('hidden');
}
