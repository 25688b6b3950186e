import { ProblemsError, type Problem } from '../../../base/errors.ts';
import { isNear, proxiesOf, type FlyAccess } from '../client/access.ts';

/** What it takes to use a place in S3-compatible object storage. */
export interface StorageAccess {
  /** Without a slash at its end. */
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly bucket: string;
  /** Names of all objects begin so; empty, or with a slash at its end. */
  readonly prefix: string;
  readonly proxies?: FlyAccess['proxies'];
}

/**
 * The place `s3://bucket/prefix`, with the variables that every tool for S3 reads. Throws (usage) with all that is
 * missing or can't work.
 */
export function storageAccess(place: string, env: NodeJS.ProcessEnv): StorageAccess {
  const said = (name: string): string => env[name]?.trim() ?? '';
  const problems = [
    ...keys.filter((name) => said(name) === '').map(missingKey),
    ...endpointProblems(said(endpointName)),
  ];
  if (problems.length > 0) throw new ProblemsError(problems);
  const [bucket = '', ...folders] = place.replace(/^s3:\/\/|\/$/g, '').split('/');
  const sessionToken = said('AWS_SESSION_TOKEN');
  return {
    endpoint: said(endpointName).replace(/\/+$/, ''),
    region: said('AWS_REGION') || 'auto',
    accessKeyId: said('AWS_ACCESS_KEY_ID'),
    secretAccessKey: said('AWS_SECRET_ACCESS_KEY'),
    ...(sessionToken === '' ? {} : { sessionToken }),
    bucket,
    prefix: folders.map((folder) => `${folder}/`).join(''),
    proxies: proxiesOf(env),
  };
}

const endpointName = 'AWS_ENDPOINT_URL_S3';
const keys = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];

const missingKey = (name: string): Problem => ({
  where: '--upload',
  what: `${name} is not set`,
  fix: `Set it to that of a key for the bucket (\`fly storage create\` makes both), or leave --upload out.`,
});

function endpointProblems(endpoint: string): Problem[] {
  const problem = (what: string): Problem[] => [
    {
      where: '--upload',
      what: `${endpointName} ${what}`,
      fix: `Set it to where your storage answers: export ${endpointName}=https://fly.storage.tigris.dev`,
    },
  ];
  if (endpoint === '') return problem('is not set');
  if (!URL.canParse(endpoint)) return problem('is not a URL');
  const { protocol, hostname, username, search } = new URL(endpoint);
  if (!/^https?:$/.test(protocol)) return problem('is neither http nor https');
  if (username !== '' || search !== '') return problem('has more in it than a host and a path');
  if (protocol === 'http:' && !isNear(hostname))
    return problem(`would send signed addresses unencrypted to ${hostname}`);
  return [];
}
