import type { Place, ReplayState } from './decide.ts';

/** The answer that makes Fly's proxy send the request to the primary region. Its body is dropped on the way. */
export interface ReplayAnswer {
  /** The proxy ignores it; where no proxy stands in between, 409 shows that nothing was done. */
  readonly status: 409;
  readonly headers: { readonly 'fly-replay': string; readonly 'fly-region': string };
}

export function replayAnswer(place: Place, state: ReplayState): ReplayAnswer {
  return {
    status: 409,
    headers: {
      'fly-replay': `region=${place.primary};state=${state}`,
      'fly-region': place.region,
    },
  };
}
