/**
 * Control characters (C0, DEL, C1: escapes and line starts among them), line separators, and characters that reorder or
 * hide text (bidirectional controls, zero-width ones, tags), as Unicode's TR36 lists them; lone surrogates.
 */
const invisible =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Cs}]/gu;

/** How older CI systems' commands begin, anywhere in a line: `##[set-output …]`, `##vso[…]`, `##teamcity[…]`. */
const ciMark = /#(?=#(?:vso|teamcity)?\[)/g;

/**
 * Text that is not ours (of a target, of Fly, of a run folder, of k6), as it may be shown on a terminal, in a CI log or in
 * a report: on one line, without the marks of CI systems' commands, and what would act instead of being read is written as
 * JavaScript would write it (`\n`, `\x1b`, `\u202e`). Whoever shows text calls this at the edge; what is stored stays as
 * it came.
 */
export function visible(text: string): string {
  return text.replace(ciMark, '\\x23').replace(invisible, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\r') return '\\r';
    if (character === '\t') return '\\t';
    const code = character.codePointAt(0) ?? 0;
    if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
    return code <= 0xffff
      ? `\\u${code.toString(16).padStart(4, '0')}`
      : `\\u{${code.toString(16)}}`;
  });
}

/** A value as JSON that a terminal or a CI log may show: of what {@link visible} escapes nothing is in it as it is. */
export function visibleJson(value: unknown, indent?: number): string {
  const json = JSON.stringify(value, null, indent);
  // Those between the values are ours; within strings JSON has escaped line ends itself.
  return json
    .replace(invisible, (found) => (found === '\n' ? found : [...unitsOf(found)].join('')))
    .replace(ciMark, '\\u0023');
}

function* unitsOf(text: string): Generator<string> {
  for (let i = 0; i < text.length; i++)
    yield `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`;
}

/** Lines of ours that hold foreign text, so that none of them is a command to the CI system that shows them. */
export const withoutCommands = (text: string): string =>
  text.replace(/^(\s*):(?=:)/gm, (_, space: string) => `${space}\\x3a`).replace(ciMark, '\\x23');
