import { readFileOf } from './load-config.ts';
import { defined, type RunFlags } from './run-flags.ts';

/** The flags, and what the configuration file says of those that are not about what is measured. */
export async function withFileFlags(flags: RunFlags): Promise<RunFlags> {
  const { settings } = await readFileOf(flags);
  const { out, baseline, open, yes, json, quiet } = settings;
  const on = (said: boolean | undefined) => (said === true ? true : undefined);
  const said = { out, baseline, open: on(open), yes: on(yes), json: on(json), quiet: on(quiet) };
  return { ...defined(said), ...flags };
}
