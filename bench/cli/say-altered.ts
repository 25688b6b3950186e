import { distrust } from '../base/distrust.ts';
import { visible } from '../base/visible.ts';
import type { Manifest } from '../samples/manifest.ts';
import { colorsFor, type Io } from './io.ts';

/** Says to standard error that a run is not what was measured, whatever the output has a place for. */
export function sayAltered({ warnings }: Pick<Manifest, 'warnings'>, io: Io): void {
  const doubt = distrust(warnings.filter(({ code }) => code === 'file-altered'));
  if (doubt === undefined) return;
  const { yellow } = colorsFor(io.err, io.env);
  io.err.write(`${yellow('not trustworthy')} ${visible(doubt.sentence)}\n`);
}
