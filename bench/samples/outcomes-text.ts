import type { Outcomes } from './outcome.ts';

/** `outcomes.json`, a block a line: hundreds of them stay readable, and differences between runs too. */
export const outcomesText = ({ blocks }: Outcomes): string =>
  `{"blocks": [\n${blocks.map((block) => JSON.stringify(block)).join(',\n')}\n]}\n`;
