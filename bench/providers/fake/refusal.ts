import { ApiError } from './api-error.ts';
import type { FakeCloud } from './cloud.ts';

/** Throws an ApiError while nothing may be made for the organisation. */
export function checkRefusal({ ground }: FakeCloud): void {
  const { refusal } = ground.options;
  if (refusal !== undefined) throw new ApiError(refusal.status, refusal.error);
}
