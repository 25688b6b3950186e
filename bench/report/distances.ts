import type { Manifest } from '../samples/manifest.ts';

/** Whether the distances of a run were made, and proved; elsewhere they are real, and only estimated from what others published. */
export const areEmulated = ({ provider }: Pick<Manifest, 'provider'>): boolean =>
  provider === 'local';

/** `azure, measured`: where the round trips in force come from. */
export const rttSources = ({ rtt }: Pick<Manifest, 'rtt'>): string =>
  [...new Set(Object.values(rtt).map(({ source }) => source))].sort().join(', ');
