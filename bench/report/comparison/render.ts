import type { TextOptions } from '../text.ts';
import type { Compared } from './compared.ts';
import { csvComparison } from './csv.ts';
import { jsonComparison } from './json.ts';
import { markdownComparison } from './markdown.ts';
import { textComparison } from './text.ts';

const renderers = {
  text: textComparison,
  json: jsonComparison,
  csv: csvComparison,
  markdown: markdownComparison,
} as const satisfies Record<string, (compared: Compared, options: TextOptions) => string>;

export type ComparisonFormat = keyof typeof renderers;

export const comparisonFormats = Object.keys(renderers) as readonly ComparisonFormat[];

/** Renders comparisons; the options matter to text only. Pure. */
export function renderComparison(
  compared: Compared,
  format: ComparisonFormat,
  options: TextOptions = { color: false, columns: 100 },
): string {
  return renderers[format](compared, options);
}
