import { historyCsv } from './history-csv.ts';
import { historyJson } from './history-json.ts';
import { historyMarkdown } from './history-markdown.ts';
import { historyText, type HistoryTextOptions } from './history-text.ts';
import type { History } from './history.ts';

const renderers = {
  text: historyText,
  json: historyJson,
  csv: historyCsv,
  markdown: historyMarkdown,
} as const satisfies Record<string, (history: History, options: HistoryTextOptions) => string>;

export type HistoryFormat = keyof typeof renderers;

export const historyFormats = Object.keys(renderers) as readonly HistoryFormat[];

/** Renders a history; the options matter to text only. Pure. */
export function renderHistory(
  history: History,
  format: HistoryFormat,
  options: HistoryTextOptions,
): string {
  return renderers[format](history, options);
}
