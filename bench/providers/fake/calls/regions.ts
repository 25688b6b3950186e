import type { Call, Route } from '../http/call.ts';
import { ok } from '../http/call.ts';
import { fakeRegions } from '../regions.ts';

export const regionRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/platform/regions',
    action: 'regions',
    handle: ({ cloud }: Call) =>
      cloud.ground.options.regionsKeys === 'Regions'
        ? ok({ Regions: fakeRegions, Nearest: 'cdg' })
        : ok({ regions: fakeRegions, nearest: 'cdg' }),
  },
];
