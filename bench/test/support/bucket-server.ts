import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** One request for an object. */
export interface BucketCall {
  readonly method: string;
  readonly key: string;
  /** Who sent it: k6 names itself. */
  readonly agent: string;
  readonly status: number;
}

/** What goes wrong with a call: an answer of that status, another content than there is, or none for so many ms. */
export type Fault = number | 'damage' | { readonly hangMs: number };

/** Object storage of one bucket, as S3 speaks: path style, presigned URLs alone, signatures computed anew. */
export interface BucketServer {
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  readonly objects: ReadonlyMap<string, Buffer>;
  readonly calls: readonly BucketCall[];
  /** Asked before each call; undefined lets it pass. */
  fault: (call: Omit<BucketCall, 'status'>) => Fault | undefined;
  close(): Promise<void>;
}

/** Random, and with the signs that such keys have. */
const keyId = `AKID${randomBytes(8).toString('hex').toUpperCase()}`;
const secret = `${randomBytes(12).toString('hex')}/key+of=ours`;

export async function bucketServer(bucket = 'bench-bucket'): Promise<BucketServer> {
  const objects = new Map<string, Buffer>();
  const calls: BucketCall[] = [];
  const server = createServer((request, response) => void answer(request, response));
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', headers } = request;
    const body = await buffer(request).catch(() => undefined);
    // Broken off by the other side.
    if (body === undefined) return;
    const call = { method, key: keyIn(request.url ?? ''), agent: headers['user-agent'] ?? '' };
    const fault = api.fault(call);
    if (typeof fault === 'object') await new Promise((done) => setTimeout(done, fault.hangMs));
    const [status, content] = typeof fault === 'number' ? [fault] : serve(request, call.key, body);
    calls.push({ ...call, status });
    response.writeHead(status, { 'content-type': 'application/xml' });
    response.end(fault === 'damage' && content !== undefined ? damaged(content) : content);
  };
  const serve = (request: IncomingMessage, key: string, body: Buffer): [number, Buffer?] => {
    const refusal = refusalOf(request);
    if (refusal !== undefined) return [403, error(refusal)];
    if (!(request.url ?? '').startsWith(`/${bucket}/`)) return [404, error('NoSuchBucket')];
    if (request.method === 'GET' && key === '') return [200, list(request.url ?? '')];
    switch (request.method) {
      case 'PUT':
        objects.set(key, body);
        return [200];
      case 'GET':
        return objects.has(key) ? [200, objects.get(key) as Buffer] : [404, error('NoSuchKey')];
      case 'DELETE':
        objects.delete(key);
        return [204];
      default:
        return [405, error('MethodNotAllowed')];
    }
  };
  const list = (url: string): Buffer => {
    const prefix = new URL(url, 'http://host').searchParams.get('prefix') ?? '';
    const contents = [...objects]
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, { length }]) => {
        const named = encodeURIComponent(key).replaceAll('%2F', '/');
        return `<Contents><Key>${named}</Key><Size>${String(length)}</Size></Contents>`;
      });
    return Buffer.from(
      `<?xml version="1.0"?><ListBucketResult>${contents.join('')}</ListBucketResult>`,
    );
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const api: BucketServer = {
    ...{ url, objects, calls, fault: () => undefined },
    env: {
      AWS_ACCESS_KEY_ID: keyId,
      AWS_SECRET_ACCESS_KEY: secret,
      AWS_ENDPOINT_URL_S3: url,
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return api;
}

const keyIn = (path: string): string => decodeURIComponent(path.replace(/^\/[^/]*\/|\?.*$/g, ''));

const error = (code: string): Buffer =>
  Buffer.from(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`);

function damaged(content: Buffer): Buffer {
  const copy = Buffer.from(content);
  const at = Math.floor(copy.length / 2);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

/** Why the signature of a request does not hold. */
function refusalOf({ method, url = '', headers }: IncomingMessage): string | undefined {
  const { pathname, searchParams } = new URL(url, 'http://host');
  const said = (name: string): string => searchParams.get(`X-Amz-${name}`) ?? '';
  const [date = '', time = ''] = said('Date').split('T');
  const at = Date.parse(
    `${date.replace(/(....)(..)(..)/, '$1-$2-$3')}T${time.replace(/(..)(..)(..)Z/, '$1:$2:$3Z')}`,
  );
  const expiresMs = Number(said('Expires')) * 1000;
  if (!(Math.abs(Date.now() - at) < 600_000)) return 'RequestTimeTooSkewed';
  if (!(expiresMs > 0 && expiresMs <= 600_000 && Date.now() < at + expiresMs))
    return 'AccessDenied';
  const [id, ...scope] = said('Credential').split('/');
  if (id !== keyId) return 'InvalidAccessKeyId';
  const query = [...searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort();
  const canonical = [
    ...[method, pathname, query.join('&')],
    ...[`host:${headers.host ?? ''}`, '', 'host', 'UNSIGNED-PAYLOAD'],
  ].join('\n');
  const hash = createHash('sha256').update(canonical).digest('hex');
  const text = ['AWS4-HMAC-SHA256', said('Date'), scope.join('/'), hash].join('\n');
  const [day = '', region = ''] = scope;
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secret}`);
  const wanted = hmac(key, text);
  const given = Buffer.from(said('Signature'), 'hex');
  const holds = given.length === wanted.length && timingSafeEqual(given, wanted);
  return holds && day === date ? undefined : 'SignatureDoesNotMatch';
}

const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

const encoded = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
