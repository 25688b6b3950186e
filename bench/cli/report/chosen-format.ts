import { extname } from 'node:path';
import { ProblemsError } from '../../base/errors.ts';
import { formats, type Format } from '../../report/render.ts';
import { knownName } from '../known-name.ts';

export const reportFormats = [...formats, 'png'] as const;

export type ReportFormat = Format | 'png';

/** How the files of each format end; the first is the usual one. */
const endings: Readonly<Record<ReportFormat, readonly [string, ...string[]]>> = {
  html: ['.html', '.htm'],
  text: ['.txt', '.text'],
  markdown: ['.md', '.markdown'],
  csv: ['.csv'],
  json: ['.json'],
  png: ['.png'],
};

/**
 * The format that a person chose, by its name or by the name of the file; undefined if by neither. Throws a
 * ProblemsError if the two contradict each other, or the file's name tells nothing and no format is named.
 */
export function chosenFormat({
  format,
  out,
}: {
  readonly format?: string | undefined;
  readonly out?: string | undefined;
}): ReportFormat | undefined {
  const named =
    format === undefined
      ? undefined
      : knownName('--format', format === 'md' ? 'markdown' : format, reportFormats);
  if (out === undefined) return named;
  const ending = extname(out).toLowerCase();
  const told = reportFormats.find((name) => endings[name].includes(ending));
  if (named === undefined && told === undefined)
    throw problem(
      `the name ${out} does not tell which format it is to have`,
      `End it in ${listed(reportFormats.map((name) => endings[name][0]))}, or add --format.`,
    );
  if (named !== undefined && told !== undefined && named !== told)
    throw problem(
      `${out} is the name of a file in ${told}, and --format says ${named}`,
      `Leave --format out, or let the name end in ${endings[named][0]}.`,
    );
  return named ?? told;
}

const problem = (what: string, fix: string) => new ProblemsError([{ where: '--out', what, fix }]);

const listed = (names: readonly string[]): string =>
  `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
