import { BenchError } from '../../../base/errors.ts';

/** What an answer means, or an error that names the call; nothing of the answer itself gets into it. */
export function parsed<T>(title: string, parse: (json: unknown) => T, json: unknown): T {
  try {
    return parse(json);
  } catch {
    throw new BenchError(
      'fault',
      `Fly was asked to ${title} and answered something else than its API describes.`,
      'Is FLY_FLAPS_BASE_URL the address of the Machines API? If so, please report it.',
    );
  }
}
