import { visibleJson } from '../../base/visible.ts';
import { visible } from '../words.ts';

/** Text that is HTML already. */
export class Html {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

type Content = string | number | undefined | Html | readonly Html[];

/** A template whose values are text unless they are {@link Html}: nothing from outside can become mark-up. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Html {
  return new Html(String.raw({ raw: parts }, ...values.map(sourceOf)));
}

/** A name that came from outside: apart from the direction of the text around it. */
export const name = (text: string): Html => html`<bdi>${text}</bdi>`;

function sourceOf(value: Content): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.source;
  if (typeof value === 'object') return value.map(({ source }) => source).join('');
  return visible(String(value)).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** A value as JSON that can't end the script element it stands in. */
export function inlineJson(value: unknown): Html {
  return new Html(
    visibleJson(value).replace(
      /[<>&]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  );
}
