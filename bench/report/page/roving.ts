/**
 * Makes buttons one stop of the Tab key: the arrow keys move among them. `to` gives the place that a key leads to from
 * another, undefined for nothing.
 */
export function rove(
  buttons: readonly HTMLElement[],
  to: (key: string, from: number) => number | undefined,
): void {
  for (const [from, button] of buttons.entries())
    button.addEventListener('keydown', (event) => {
      const target = buttons[to(event.key, from) ?? -1];
      if (target === undefined) return;
      event.preventDefault();
      stopAt(buttons, target);
      target.focus();
    });
}

/** The button that the Tab key reaches. */
export function stopAt(buttons: readonly HTMLElement[], stop: HTMLElement | undefined): void {
  for (const button of buttons) button.tabIndex = button === stop ? 0 : -1;
}
