import type { Call, Route } from '../http/call.ts';
import { ok } from '../http/call.ts';
import { regionsWith } from '../regions.ts';

export const regionRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/platform/regions',
    action: 'regions',
    handle: ({ cloud }: Call) => {
      const { live, regionsKeys } = cloud.ground.options;
      const all = regionsWith(live);
      return regionsKeys === 'Regions'
        ? ok({ Regions: all, Nearest: 'cdg' })
        : ok({ regions: all, nearest: 'cdg' });
    },
  },
];
