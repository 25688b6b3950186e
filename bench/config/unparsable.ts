import { extname } from 'node:path';
import type { TomlError } from 'smol-toml';
import type { Problem } from '../base/errors.ts';

/** What stands in the way of reading a file as TOML, and what to write instead. */
export function unparsable(error: TomlError, text: string, path: string): Problem {
  const other = otherLanguage(text, path);
  if (other !== undefined)
    return {
      where: path,
      what: `is ${other}; the configuration is TOML`,
      fix: `Write [bench], and below it lines such as regions = ["cdg", "syd"]; bench run --config takes any name.`,
    };
  const line = shown(text.split('\n')[error.line - 1] ?? '');
  const message = /^(?:Invalid TOML document: )?(.*)/.exec(error.message)?.[1] ?? '';
  const where = `${path}:${error.line}`;
  if (/redefine|already (?:been )?defined/.test(message))
    return { where, what: `${line} is given a second time`, fix: 'Keep one of the two.' };
  return {
    where,
    what: `${line} is not TOML (${message})`,
    fix: 'Write key = value, with texts in double quotes: regions = ["cdg", "syd"].',
  };
}

function otherLanguage(text: string, path: string): string | undefined {
  if (text.includes('\0') || text.startsWith('\uFFFD')) return 'not UTF-8 text';
  if (/^\.ya?ml$/.test(extname(path))) return 'YAML';
  return extname(path) === '.json' || /^\s*\{/.test(text) ? 'JSON' : undefined;
}

/** A line with no value in it: the value could be a password. */
const shown = (line: string): string => {
  const key = line.trim().replace(/\s*=.*/, '');
  return key === '' ? 'this line' : `"${key.slice(0, 60)}"`;
};
