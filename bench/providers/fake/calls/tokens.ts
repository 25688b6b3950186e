import { ulid } from '../ids.ts';
import { ok, type Call, type Route } from '../http/call.ts';

export const tokenRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/tokens/current',
    action: 'token.current',
    handle: ({ cloud }: Call) => {
      const { orgs, tokens = orgs.map((org_slug) => ({ org_slug, organization: org_slug })) } =
        cloud.ground.options;
      return ok({ tokens: tokens.map((token) => ({ token_id: ulid().toLowerCase(), ...token })) });
    },
  },
];
