import { isSecretSetting, maskUrls, secretMark } from '../base/secrets.ts';

/** A command line without the values of secret settings (`--env API_KEY=…`, `--env=API_KEY=…`) and of URLs. */
export function maskCommand(command: readonly string[]): string[] {
  return command.map((word, i) => {
    const inOne = /^--env=([^=]*)=(.*)$/s.exec(word);
    if (inOne !== null) return `--env=${pair(inOne[1] ?? '', inOne[2] ?? '')}`;
    const apart = command[i - 1] === '--env' ? /^([^=]*)=(.*)$/s.exec(word) : null;
    if (apart !== null) return pair(apart[1] ?? '', apart[2] ?? '');
    return maskUrls(word);
  });
}

const pair = (name: string, value: string): string =>
  `${name}=${isSecretSetting(name, value) ? secretMark : maskUrls(value)}`;
