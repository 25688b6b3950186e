import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { readRegular } from '../../base/regular-file.ts';
import type { IndexedRun } from '../../report/index-page/indexed-run.ts';
import { boundedList } from '../../samples/bounded-list.ts';
import { most, mostBytes } from '../../samples/limits.ts';
import { parseJson } from '../../samples/parse-json.ts';
import { files } from '../../samples/run-folder.ts';

/** What the list says of a folder: from its summary.json alone, however large the run. Undefined if it is no run. */
export async function indexedRun(parent: string, folder: string): Promise<IndexedRun | undefined> {
  const dir = join(parent, folder);
  const text = await readRegular(join(dir, 'summary.json'), mostBytes.figures).catch(
    () => undefined,
  );
  if (text === undefined)
    return existsSync(join(dir, files.manifest))
      ? { folder, problem: 'It has no report yet: bench report makes one.' }
      : undefined;
  const parsed = summaryShape.safeParse(parseJson(text.toString()));
  if (!parsed.success)
    return { folder, problem: 'Its summary.json can’t be read: bench report makes a new one.' };
  return { folder, ...described(parsed.data) };
}

/** What is used of `summary.json`. */
const summaryShape = z.object({
  schema: z.literal(1),
  notice: z.string().optional(),
  runId: z.string(),
  startedAtIso: z.string(),
  state: z.string(),
  provider: z.string(),
  budgetMs: z.number(),
  vantages: boundedList(z.object({ code: z.string(), gap: z.string().optional() }), most.vantages),
  cells: boundedList(z.object({ target: z.string(), rounds: z.number() }), 2 * most.cells),
  findings: boundedList(z.object({ topic: z.string(), text: z.string() }), most.warnings),
  warnings: boundedList(z.object({ code: z.string(), text: z.string() }), most.warnings),
  missing: boundedList(z.string(), most.warnings),
});

/** The findings that say who won; the others explain it. */
const verdicts = ['contrast', 'fastest'];

function described(summary: z.infer<typeof summaryShape>) {
  const { runId, startedAtIso, state, provider, budgetMs, vantages, cells, findings } = summary;
  return {
    ...{ runId, startedAtIso, state, provider, budgetMs },
    ...(summary.notice === undefined ? {} : { notice: summary.notice }),
    vantages: vantages.map(({ code }) => code),
    targets: [...new Set(cells.map(({ target }) => target))],
    rounds: cells.reduce((most, { rounds }) => Math.max(most, rounds), 0),
    verdicts: findings.filter(({ topic }) => verdicts.includes(topic)).map(({ text }) => text),
    gaps: [
      ...vantages.flatMap(({ code, gap }) =>
        gap === undefined ? [] : [`${code} is missing: ${gap}`],
      ),
      ...summary.missing,
    ],
    warnings: summary.warnings.length,
  };
}
