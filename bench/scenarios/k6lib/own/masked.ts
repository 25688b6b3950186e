import { maskerOf, maskUrls } from '../../../base/secrets.ts';
import { k6Env } from '../k6-env.ts';

const withoutKnown = maskerOf(JSON.parse(k6Env('BENCH_SECRETS') ?? '[]') as string[]);

/** A name or an error of the script, as it may be written into rows: without the secrets that it was given. */
export const masked = (text: string): string => withoutKnown(maskUrls(text));
