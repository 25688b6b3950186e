import { ProblemsError } from '../../base/errors.ts';
import { readSettingsFile } from '../../config/file.ts';
import { flySchema, flySettings } from '../../config/fly-settings.ts';
import type { CleanFlags } from '../clean.ts';

/** The app that holds the k6 Machines: as said, or that of the configuration file. */
export async function flyApp({ app, config }: CleanFlags): Promise<string> {
  if (app !== undefined) return checkedApp(app);
  const file = await readSettingsFile(config ?? 'fly.bench.toml', config !== undefined);
  if (file.problems.length > 0) throw new ProblemsError(file.problems);
  return flySettings(file.settings.fly).app;
}

function checkedApp(app: string): string {
  const checked = flySchema.shape.app.unwrap().safeParse(app);
  if (checked.success) return checked.data;
  const said = checked.error.issues[0]?.message ?? 'is something else';
  throw new ProblemsError([
    {
      where: '--app',
      what: `"${app}" is no name of a Fly app: it ${said}`,
      fix: '`fly apps list` shows yours.',
    },
  ]);
}
