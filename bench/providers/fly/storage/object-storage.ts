import { messageOf } from '../../../base/errors.ts';
import type { Millis } from '../../../base/units.ts';
import { openHost } from '../client/agent.ts';
import type { StorageAccess } from './access.ts';
import { presign, type Method } from './presign.ts';

/** The storage did not do what it was asked; the text never holds an address, which would be a key to the object. */
export class StorageError extends Error {
  /** 0: no whole answer came. */
  readonly status: number;

  constructor(status: number, what: string) {
    super(what);
    this.status = status;
  }
}

/** A place for objects that somebody else uploads for us. Rejects with StorageError. */
export interface ObjectStorage {
  /** For a person: `s3://bucket/prefix/`. */
  readonly place: string;
  /** A URL to which anybody may PUT that object, for five minutes. From now on it counts as there. */
  invite(name: string): Promise<string>;
  /** As somebody invited would. */
  put(name: string, body: Buffer): Promise<void>;
  /** Exactly so many bytes. */
  get(name: string, bytes: number, limitMs: Millis): Promise<Buffer>;
  /** The objects whose names begin so; a thousand at most. */
  list(start: string): Promise<readonly { readonly name: string; readonly bytes: number }[]>;
  remove(name: string): Promise<void>;
  /** Removes whatever was invited and not removed yet, come or not; tries all before it rejects. */
  removeAll(): Promise<void>;
  close(): Promise<void>;
}

const inviteS = 300;
/** Of one exchange that moves no data to speak of. */
const briefMs = 20_000;

export function objectStorage(access: StorageAccess): ObjectStorage {
  const { bucket, prefix, endpoint, proxies } = access;
  const invited = new Set<string>();
  const host = openHost(endpoint, proxies);
  const send = async (method: Method, url: string, limitMs: Millis, body?: Buffer) => {
    const request = await host.ready();
    const signal = AbortSignal.timeout(limitMs);
    try {
      const answer = await request(url, { method, signal, ...(body && { body }) });
      return { status: answer.statusCode, body: Buffer.from(await answer.body.arrayBuffer()) };
    } catch (error) {
      throw new StorageError(0, signal.aborted ? 'it did not answer in time' : reasonOf(error));
    }
  };
  const ask = async (method: Method, name: string, limitMs = briefMs) =>
    send(method, await presign(access, method, prefix + name, inviteS), limitMs);
  const storage: ObjectStorage = {
    place: `s3://${bucket}/${prefix}`,
    invite: (name) => {
      invited.add(name);
      return presign(access, 'PUT', prefix + name, inviteS);
    },
    put: async (name, object) => {
      const { status, body } = await send('PUT', await storage.invite(name), briefMs, object);
      if (status !== 200) throw refused(status, body);
    },
    get: async (name, bytes, limitMs) => {
      const { status, body } = await ask('GET', name, limitMs);
      if (status !== 200) throw refused(status, body);
      if (body.length === bytes) return body;
      throw new StorageError(status, `it gave ${body.length} of ${bytes} bytes`);
    },
    list: async (start) => {
      const query = { 'list-type': '2', 'encoding-type': 'url', prefix: prefix + start };
      const url = await presign(access, 'GET', '', inviteS, query);
      const { status, body } = await send('GET', url, briefMs);
      if (status !== 200) throw refused(status, body);
      return listed(body.toString()).map(({ key, bytes }) => {
        return { name: key.slice(prefix.length), bytes };
      });
    },
    remove: async (name) => {
      const { status, body } = await ask('DELETE', name);
      if (status >= 300 && status !== 404) throw refused(status, body);
      invited.delete(name);
    },
    removeAll: async () => {
      const tries = await Promise.allSettled([...invited].map((name) => storage.remove(name)));
      const failed = tries.find((one) => one.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    },
    close: () => host.close(),
  };
  return storage;
}

/** The answer is XML of few words, and names come encoded as in URLs. */
const listed = (xml: string): { key: string; bytes: number }[] =>
  [...xml.matchAll(/<Contents>.*?<\/Contents>/gs)].map(([contents]) => ({
    key: decodeURIComponent((/<Key>(.*?)<\/Key>/s.exec(contents)?.[1] ?? '').replaceAll('+', ' ')),
    bytes: Number(/<Size>(\d+)<\/Size>/.exec(contents)?.[1] ?? 0),
  }));

/** `HTTP 403, AccessDenied`: of what else it says some is what a signature is made of. */
function refused(status: number, body: Buffer): StorageError {
  const code = /<Code>(\w{1,60})<\/Code>/.exec(body.toString('latin1'))?.[1];
  return new StorageError(status, `HTTP ${status}${code === undefined ? '' : `, ${code}`}`);
}

/** The whole address must not be in it, whoever put it there. */
const reasonOf = (error: unknown): string => messageOf(error).replace(/\?[^\s"']*/g, '?…');
