/** The text that was percent-encoded; as it is where it was not, as in the rows of earlier versions. Never throws. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
