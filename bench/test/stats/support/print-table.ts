import { alignTable } from '../../../report/text-table.ts';

/** Shows measured rates in the output of the tests. */
export function printTable(
  title: string,
  header: readonly string[],
  body: readonly (readonly string[])[],
): void {
  const lines = alignTable(header, body, 200).map((line) => line.map(({ text }) => text).join(''));
  console.log([title, ...lines].join('\n'));
}
