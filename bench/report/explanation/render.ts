import type { ReportModel } from '../model.ts';
import type { TextOptions } from '../text.ts';
import { explanationJson } from './json.ts';
import { explanationMarkdown } from './markdown.ts';
import { explanationText } from './text.ts';

const renderers = {
  text: explanationText,
  json: explanationJson,
  markdown: explanationMarkdown,
} as const satisfies Record<string, (model: ReportModel, options: TextOptions) => string>;

export type ExplanationFormat = keyof typeof renderers;

export const explanationFormats = Object.keys(renderers) as readonly ExplanationFormat[];

/** Renders where a run's time goes; the options matter to text only. Pure. */
export function renderExplanation(
  model: ReportModel,
  format: ExplanationFormat,
  options: TextOptions,
): string {
  return renderers[format](model, options);
}
