import type { Judgement } from '../../compare/gate/judgement.ts';
import type { TextOptions } from '../text.ts';
import { githubGate } from './github.ts';
import { jsonGate } from './json.ts';
import { junitGate } from './junit.ts';
import { markdownGate } from './markdown.ts';
import { textGate } from './text.ts';

const renderers = {
  text: textGate,
  json: jsonGate,
  markdown: markdownGate,
  github: githubGate,
  junit: junitGate,
} as const satisfies Record<string, (judgement: Judgement, options: TextOptions) => string>;

export type GateFormat = keyof typeof renderers;

export const gateFormats = Object.keys(renderers) as readonly GateFormat[];

/** Renders a judgement; the options matter to text only. Pure. */
export function renderGate(
  judgement: Judgement,
  format: GateFormat,
  options: TextOptions = { color: false, columns: 100 },
): string {
  return renderers[format](judgement, options);
}
