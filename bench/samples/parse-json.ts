/** What anything of ours has at most, many times over. */
const deepest = 100;

/** What a JSON text holds; undefined where it is none, breaks off, or lies deeper within itself than anything of ours. */
export function parseJson(text: string): unknown {
  try {
    return isShallow(text) ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

/** What is nested a hundred thousand times can be parsed, but not copied, compared or written again. */
function isShallow(text: string): boolean {
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[{]|[\]}]/gs)) {
    if (token === '[' || token === '{') depth++;
    else if (token === ']' || token === '}') depth--;
    if (depth > deepest) return false;
  }
  return true;
}
