import { AwsV4Signer } from 'aws4fetch';
import type { Seconds } from '../../../base/units.ts';
import type { StorageAccess } from './access.ts';

export type Method = 'GET' | 'PUT' | 'DELETE';

/** A URL that allows one thing with one object, to whoever has it, until it expires; a secret as long as that. */
export async function presign(
  access: Omit<StorageAccess, 'prefix' | 'proxies'>,
  method: Method,
  key: string,
  expiresS: Seconds,
  query: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { endpoint, bucket, region, accessKeyId, secretAccessKey, sessionToken } = access;
  const signer = new AwsV4Signer({
    ...{ method, region, accessKeyId, secretAccessKey, service: 's3', signQuery: true },
    url: `${endpoint}/${bucket}/${key}?${new URLSearchParams({ ...query, 'X-Amz-Expires': String(expiresS) }).toString()}`,
    ...(sessionToken === undefined ? {} : { sessionToken }),
  });
  return (await signer.sign()).url.href;
}
