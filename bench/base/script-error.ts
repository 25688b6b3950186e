import { percentDecoded } from './percent-decoded.ts';

/**
 * What a script threw, in one line: its message, and where in the script. k6's stacks name the file of the source map:
 * `Uncaught (in promise) TypeError: boom\n\tat buy (file:///home/ann/shop.js:16:15(86))`. What wraps a script is left out.
 */
export function scriptError(text: string): string {
  // Also as k6's log quotes it.
  const lines = text
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t')
    .split(/\n|(?= at \S+ \(file:)/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const message = (lines.find((line) => !isFrame(line)) ?? '')
    .replace(/^Uncaught \(in promise\) /, '')
    .replace(/^(?:GoError|Error): /, '');
  const place = lines.filter(isFrame).flatMap(placeIn)[0];
  return place === undefined || message.includes(place) ? message : `${message} (${place})`;
}

const isFrame = (line: string): boolean => /^at /.test(line) && /\(\d+\)|\(native\)/.test(line);

/** `shop.js:16` of a frame that is the user's. */
function placeIn(frame: string): string[] {
  const [, path, line] = /file:\/\/(.+?):(\d+):\d+\(\d+\)/.exec(frame) ?? [];
  if (path === undefined || line === undefined || isWrapper(path)) return [];
  return [`${decodedName(path)}:${line}`];
}

const isWrapper = (path: string): boolean =>
  /\/bench\/scenarios\/k6lib\/|%3Cstdin%3E$|\/(scenarios|script)\.js$/.test(path);

function decodedName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return percentDecoded(name);
}
