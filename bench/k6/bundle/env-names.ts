/** The names that a compiled script reads of the object that stands in for `__ENV`, as far as its text tells. */
export function envNames(text: string, object: string): string[] {
  const read = new RegExp(
    `\\b${object}(?:\\?\\.|\\.|(?:\\?\\.)?\\[\\s*["'\`])([A-Za-z_]\\w*)`,
    'g',
  );
  const unpacked = new RegExp(`\\{([^{}]*)\\}\\s*=\\s*${object}\\b`, 'g');
  const names = [
    ...[...text.matchAll(read)].map(([, name = '']) => name),
    ...[...text.matchAll(unpacked)]
      .flatMap(([, pattern = '']) => pattern.split(','))
      .map((part) => /^\s*["']?(\w+)/.exec(part)?.[1] ?? ''),
  ];
  return [...new Set(names)].filter((name) => name !== '').sort();
}
