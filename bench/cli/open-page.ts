import open from 'open';
import { messageOf } from '../base/errors.ts';
import type { Io } from './io.ts';

/** Shows a page in the person's browser; where there is none, says so and goes on. */
export async function openPage(page: string, { err }: Io): Promise<void> {
  try {
    const child = await open(page);
    child.once('error', (error) => err.write(`The page could not be opened: ${error.message}\n`));
  } catch (error) {
    err.write(`The page could not be opened: ${messageOf(error)}\n`);
  }
}
