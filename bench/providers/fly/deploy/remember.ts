import type { Look } from './look.ts';

/** A look that asks only once, until it is told that something has changed. */
export interface Memory extends Look {
  /** Something of this app may be different now. */
  forget(app: string): void;
}

/** Each question takes flyctl a second, and most steps ask what the one before asked too. */
export function remember(look: Look): Memory {
  const answers = new Map<string, unknown>();
  const once = <T>(key: string, ask: () => Promise<T>): Promise<T> => {
    const known = answers.get(key) as Promise<T> | undefined;
    if (known !== undefined) return known;
    const answer = ask();
    answers.set(key, answer);
    // What went wrong may go well next time.
    answer.catch(() => answers.delete(key));
    return answer;
  };
  return {
    apps: () => once('apps', () => look.apps()),
    machines: (app) => once(`machines ${app}`, () => look.machines(app)),
    secrets: (app) => once(`secrets ${app}`, () => look.secrets(app)),
    addressTypes: (app) => once(`addresses ${app}`, () => look.addressTypes(app)),
    release: (app) => once(`release ${app}`, () => look.release(app)),
    forget: (app) => {
      for (const key of [...answers.keys()])
        if (key === 'apps' || key.endsWith(` ${app}`)) answers.delete(key);
    },
  };
}
