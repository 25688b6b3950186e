/** One function of a script that an iteration runs. */
export interface Flow {
  /** Of the scenario; empty for the default function. */
  readonly name: string;
  readonly run: (data: unknown) => unknown;
  readonly env: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** What a script exports. */
export type ScriptModule = Readonly<Record<string, unknown>>;

/**
 * What one iteration runs: the functions of the script's own `scenarios`, one after the other, as the schedule and not
 * they decide when; without scenarios the default function. Throws an Error that says what is not exported.
 */
export function flowsOf(script: ScriptModule): Flow[] {
  const module = exportsOf(script);
  const scenarios = Object.entries(recordOf(recordOf(module['options'])['scenarios']));
  if (scenarios.length === 0) return [flow(module, '', 'default', {})];
  return scenarios.map(([name, scenario]) => {
    const { exec, ...rest } = recordOf(scenario);
    return flow(module, name, typeof exec === 'string' ? exec : 'default', rest);
  });
}

/** The exports of an ES module, or of a CommonJS one: its `module.exports` arrives as the default export. */
export function exportsOf(script: ScriptModule): ScriptModule {
  const inner = script['default'];
  return isModule(inner) ? { ...script, ...inner, default: inner['default'] } : script;
}

const isModule = (value: unknown): value is ScriptModule =>
  typeof value === 'object' && value !== null;

function flow(module: ScriptModule, name: string, exec: string, rest: ScriptModule): Flow {
  const found = module[exec];
  if (typeof found === 'function')
    return {
      ...{ name, run: found as Flow['run'] },
      ...{ env: textsOf(rest['env']), tags: textsOf(rest['tags']) },
    };
  const functions = Object.keys(module).filter((key) => typeof module[key] === 'function');
  const others =
    functions.length === 0 ? 'it exports no function' : `it exports ${functions.join(', ')}`;
  throw new Error(
    exec === 'default'
      ? `the script has no default function to run: ${others}`
      : `options.scenarios.${name}.exec names the function ${exec}, which the script does not export: ${others}`,
  );
}

const recordOf = (value: unknown): ScriptModule => (isModule(value) ? value : {});

const textsOf = (value: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(recordOf(value)).map(([key, one]) => [key, String(one)]));
