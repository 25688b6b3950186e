/** What a JSON text holds; undefined where it is none, or breaks off. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
