/**
 * Control characters (C0, DEL, C1: escapes and line starts among them), line separators, and characters that reorder or
 * hide text (bidirectional controls, zero-width ones, tags), as Unicode's TR36 lists them; lone surrogates.
 */
const invisible =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}\p{Cs}]/gu;

/**
 * Text that is not ours (of a target, of Fly, of a run folder, of k6), as it may be shown on a terminal, in a CI log or in
 * a report: on one line, and whatever would act instead of being read is written as JavaScript would write it
 * (`\n`, `\x1b`, `\u202e`). Whoever shows text calls this at the edge; what is stored stays as it came.
 */
export function visible(text: string): string {
  return text.replace(invisible, (character) => {
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
