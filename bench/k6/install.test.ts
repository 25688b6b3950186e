import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer as createPlain, type RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { BenchError } from '../base/errors.ts';
import { describeK6, ensureK6, type K6Options } from './install.ts';
import { defaultOptions } from './install/options.ts';
import { cachedBinary, k6Folder } from './install/places.ts';

const archiveName = 'k6-v2.2.0-linux-amd64.tar.gz';
const signal = new AbortController().signal;

let keys: string;
let folder: string;
let server: Server | undefined;
let notes: string[];
let progressed: [number, number | undefined][];
const events = {
  note: (text: string) => void notes.push(text),
  progress: (done: number, total?: number) => void progressed.push([done, total]),
};

beforeAll(() => {
  keys = mkdtempSync(join(tmpdir(), 'bench-k6-keys-'));
  const names = ['-keyout', join(keys, 'key.pem'), '-out', join(keys, 'cert.pem')];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
      ...['-addext', 'subjectAltName=DNS:releases.invalid,IP:127.0.0.1', ...names],
    ],
    { stdio: 'ignore' },
  );
});
afterAll(() => {
  rmSync(keys, { recursive: true });
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-k6-'));
  mkdirSync(join(folder, 'bin'));
  // The few programs that are allowed to be found: no Go, no k6.
  for (const tool of ['sh', 'tar', 'gzip', 'sleep', 'chmod'])
    symlinkSync(which(tool), join(folder, 'bin', tool));
  notes = [];
  progressed = [];
});

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  rmSync(folder, { recursive: true });
});

test('the release is downloaded, verified, unpacked and kept', async () => {
  const archive = makeArchive('2.2.0');
  const asked: string[] = [];
  const options = await releaseHost((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('content-length', archive.length).end(archive);
  }, archive);
  const first = await ensureK6(events, signal, options);
  expect(first).toEqual({
    path: cachedBinary(options),
    version: '2.2.0',
    from: 'release',
    notes: [],
  });
  expect(execFileSync(first.path, ['version'], { encoding: 'utf8' })).toMatch(/^k6 v2\.2\.0/);
  expect(asked).toEqual([`/v2.2.0/${archiveName}`]);
  expect(progressed.at(-1)).toEqual([archive.length, archive.length]);
  expect(notes).toEqual([expect.stringMatching(/once/)]);
  expectNothingUnfinished(options);

  const second = await ensureK6(events, signal, options);
  expect(second.from).toBe('cache');
  expect(asked).toHaveLength(1);
});

test('GitHub sends on to another host', async () => {
  const archive = makeArchive('2.2.0');
  const options = await releaseHost((request, response) => {
    if (request.url?.startsWith('/elsewhere') !== true)
      response.writeHead(302, { location: `/elsewhere${request.url ?? ''}` }).end();
    else response.end(archive);
  }, archive);
  expect((await ensureK6(events, signal, options)).from).toBe('release');
});

test('a proxy is used', async () => {
  const archive = makeArchive('2.2.0');
  const asked: string[] = [];
  // undici asks a proxy for a tunnel; this one leads to the host itself.
  const options = await releaseHost((_, response) => {
    response.end(archive);
  }, archive);
  const proxy = createPlain().on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    server?.emit('connection', socket);
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  const proxied = {
    ...options.env,
    HTTPS_PROXY: `http://127.0.0.1:${String((proxy.address() as AddressInfo).port)}`,
    BENCH_K6_RELEASES: 'https://releases.invalid',
  };
  expect((await ensureK6(events, signal, { ...options, env: proxied })).from).toBe('release');
  expect(asked).toContain('releases.invalid:443');
  proxy.closeAllConnections();
  proxy.close();
});

test('a mirror without https is refused, and nothing is asked of it', async () => {
  fakeGo('go version go1.26.8 linux/amd64');
  let asked = 0;
  const plain = createPlain((_, response) => {
    asked++;
    response.end();
  });
  await new Promise<void>((done) => plain.listen(0, '127.0.0.1', done));
  const mirror = `http://ann:s3cret@127.0.0.1:${String((plain.address() as AddressInfo).port)}`;
  const options = offline({ BENCH_K6_RELEASES: mirror });
  const error = await failure(ensureK6(events, signal, options));
  expect(error.kind).toBe('usage');
  expect(error.message).toMatch(/BENCH_K6_RELEASES=http:.* is not an https address/);
  expect(error.message).not.toContain('s3cret');
  expect(await describeK6(options)).toMatchObject({ state: 'unusable', error: { kind: 'usage' } });
  // Nor is a host followed that leads there.
  const led = await releaseHost((_, response) => {
    response.writeHead(302, { location: mirror }).end();
  });
  expect(await ensureK6(events, signal, led)).toMatchObject({ from: 'source' });
  expect(notes.at(-1)).toMatch(/which is not https/);
  expect(asked).toBe(0);
  plain.close();
});

test('a platform whose hash is not known is built, never downloaded', async () => {
  fakeGo('go version go1.26.8 linux/amd64');
  let asked = 0;
  const host = await releaseHost((_, response) => {
    asked++;
    response.end();
  });
  expect(await ensureK6(events, signal, { ...host, hashes: new Map() })).toMatchObject({
    from: 'source',
  });
  expect(notes.at(-1)).toMatch(/the hash of k6 2\.2\.0 for linux-amd64 is not known here/);
  expect(asked).toBe(0);
});

test('a host that publishes hashes of its own is not believed', async () => {
  const archive = makeArchive('2.2.0');
  const sum = createHash('sha256').update(archive).digest('hex');
  const asked: string[] = [];
  const options = await releaseHost((request, response) => {
    asked.push(request.url ?? '');
    response.end(request.url?.endsWith('.txt') === true ? `${sum}  ${archiveName}` : archive);
  }, Buffer.from('what Grafana published'));
  expect((await failure(ensureK6(events, signal, options))).message).toMatch(/SHA-256/);
  expect(asked).toEqual([`/v2.2.0/${archiveName}`]);
});

test('the pinned hashes are those of the pinned version', () => {
  const { hashes } = defaultOptions();
  expect([...hashes.keys()].sort()).toEqual([
    ...['linux-amd64', 'linux-arm64', 'macos-amd64', 'macos-arm64'],
  ]);
  for (const hash of hashes.values()) expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(new Set(hashes.values()).size).toBe(4);
});

test.each([
  ['the binary', (k6: string) => k6],
  ['its folder', dirname],
  ['a folder above', (k6: string) => dirname(dirname(dirname(k6)))],
])('a k6 in the cache is not run where others can write %s', async (_, part) => {
  const options = offline();
  const cached = fakeK6(cachedBinary(options), '2.2.0');
  writeFileSync(
    cached,
    `#!/bin/sh\ntouch ${join(folder, 'ran')}\necho "k6 v2.2.0 (go1.26.8, a/b)"\n`,
  );
  chmodSync(part(cached), 0o777);
  const error = await failure(ensureK6(events, signal, options));
  expect(error.kind).toBe('fault');
  expect(notes[0]).toMatch(/The k6 in the cache is not run: everybody can write/);
  expect(existsSync(join(folder, 'ran'))).toBe(false);
  // A binary alone is replaced; there is no place for a new one in a folder of others. (Go is to be had here.)
  fakeGo('go version go1.26.8 linux/amd64');
  const state = part(cached) === cached ? 'obtainable' : 'unusable';
  expect(await describeK6(options)).toMatchObject({ state });
});

test('a umask that opens everything to all leaves the cache ours', async () => {
  const umask = process.umask(0);
  try {
    const archive = makeArchive('2.2.0');
    const options = await releaseHost((_, response) => {
      response.end(archive);
    }, archive);
    expect((await ensureK6(events, signal, options)).from).toBe('release');
    expect((await ensureK6(events, signal, options)).from).toBe('cache');
  } finally {
    process.umask(umask);
  }
});

test('an archive that is not what was published stops everything and is not kept', async () => {
  const archive = makeArchive('2.2.0');
  fakeGo('go version go1.26.8 linux/amd64');
  const options = await releaseHost((_, response) => {
    response.end(archive);
  }, Buffer.from('other'));
  const error = await failure(ensureK6(events, signal, options));
  expect(error.kind).toBe('fault');
  expect(error.message).toMatch(/is not the k6 2\.2\.0 that Grafana published/);
  expect(existsSync(cachedBinary(options))).toBe(false);
  expect(existsSync(join(folder, 'go-ran'))).toBe(false);
  expectNothingUnfinished(options);
});

test('an archive with another k6 in it is not used', async () => {
  const archive = makeArchive('2.1.0');
  const options = await releaseHost((_, response) => {
    response.end(archive);
  }, archive);
  expect((await failure(ensureK6(events, signal, options))).message).toMatch(/it is k6 2\.1\.0/);
  expect(existsSync(cachedBinary(options))).toBe(false);
});

/** What the host does, what is said of it, and how many ms of silence are borne. */
const troubles: Record<string, [RequestListener, RegExp, number?]> = {
  'has no such release': [(_, response) => response.writeHead(404).end(), /HTTP 404/],
  'never answers': [() => undefined, /no answer for 0\.3 s/, 300],
  'closes the connection': [(request) => request.socket.destroy(), /socket|closed/],
  'sends half of it': [
    (_, response) => {
      response.setHeader('content-length', 1000).write('half');
      setTimeout(() => response.destroy(), 20);
    },
    /terminated|closed|aborted/,
  ],
  'stops sending': [
    (_, response) => {
      response.setHeader('content-length', 1000).write('half');
    },
    /no answer for 0\.3 s/,
    300,
  ],
};

test.each(Object.entries(troubles))(
  'a host that %s leads to Go, soon',
  async (_, [listener, reason, stallMs = 20_000]) => {
    fakeGo('go version go1.26.8 linux/amd64');
    const options = {
      ...(await releaseHost(listener)),
      limits: { connectMs: 20_000, stallMs, totalMs: 30_000 },
    };
    const binary = await ensureK6(events, signal, options);
    expect(binary).toMatchObject({ from: 'source', path: cachedBinary(options) });
    expect(notes.at(-1)).toMatch(
      /^Building k6 2\.2\.0 with Go 1\.26\.8, because the official release could not be got .*once/,
    );
    expect(notes.at(-1)).toMatch(reason);
    expectNothingUnfinished(options);
  },
);

test('Go is given the pinned module, for this machine', async () => {
  fakeGo('go version go1.26.8 linux/amd64');
  const options = offline({ GOOS: 'plan9', GOFLAGS: '-mod=mod' });
  await ensureK6(events, signal, options);
  const ran = readFileSync(join(folder, 'go-ran'), 'utf8');
  expect(ran).toContain('build -mod=readonly -trimpath -o k6 go.k6.io/k6/v2');
  expect(ran).toContain(`GOOS= CGO_ENABLED=0 GOWORK=off GOTMPDIR=${k6Folder(options)}/unfinished-`);
  expect(ran).toContain('tool go.k6.io/k6/v2');
});

test('with no way to get k6, each that was tried is named, a line each', async () => {
  const error = await failure(ensureK6(events, signal, offline()));
  expect(error.kind).toBe('fault');
  expect(error.message.split('\n')).toEqual([
    expect.stringMatching(/There is no k6 2\.2\.0/),
    expect.stringMatching(/official release: .*(ECONNREFUSED|connection refused)/),
    expect.stringMatching(/building it: Go is not installed/),
  ]);
  expect(error.fix).toMatch(/Install Go 1\.25.*K6_PATH.*BENCH_K6_RELEASES/);
});

test.each([
  ['go version go1.20.1 linux/amd64', /Go 1\.20\.1 is too old, 1\.25\.0 is needed/],
  ['go version go1.24.1 linux/amd64', /Go 1\.24\.1 is too old, 1\.25\.0 is needed/],
  ['the game of go', /is not Go/],
])('%j can not build it', async (version, reason) => {
  fakeGo(version);
  expect((await failure(ensureK6(events, signal, offline()))).message).toMatch(reason);
});

test('a build that fails says why', async () => {
  fakeGo(
    'go version go1.26.8 linux/amd64',
    'echo "go: downloading x" >&2; echo "no space left on device" >&2; exit 1',
  );
  const options = offline();
  expect((await failure(ensureK6(events, signal, options))).message).toMatch(
    /go build failed: no space left/,
  );
  expectNothingUnfinished(options);
});

test('aborting a download stops it and leaves nothing', async () => {
  const controller = new AbortController();
  const options = await releaseHost((_, response) => {
    response.setHeader('content-length', 1000).write('half');
  });
  const stopping = {
    ...events,
    progress: () => {
      controller.abort();
    },
  };
  const error = await failure(ensureK6(stopping, controller.signal, options));
  expect(error.kind).toBe('interrupted');
  expectNothingUnfinished(options);
});

test('aborting a build ends its processes and leaves nothing', async () => {
  const controller = new AbortController();
  const pidFile = join(folder, 'child');
  // A child of Go's that would outlive it, as a compiler does.
  fakeGo(
    'go version go1.26.8 linux/amd64',
    `sleep 60 & echo $! > ${pidFile}.part; mv ${pidFile}.part ${pidFile}; wait`,
    ['mv'],
  );
  const options = offline();
  const building = failure(ensureK6(events, controller.signal, options));
  await expect.poll(() => existsSync(pidFile)).toBe(true);
  controller.abort();
  expect((await building).kind).toBe('interrupted');
  expect(isRunning(Number(readFileSync(pidFile, 'utf8')))).toBe(false);
  expectNothingUnfinished(options);
});

test('two at once both get it', async () => {
  const archive = makeArchive('2.2.0');
  const options = await releaseHost((_, response) => {
    response.end(archive);
  }, archive);
  const both = await Promise.all([
    ensureK6(events, signal, options),
    ensureK6(events, signal, options),
  ]);
  expect(both.map(({ path }) => path)).toEqual([cachedBinary(options), cachedBinary(options)]);
  expectNothingUnfinished(options);
});

test('K6_PATH, PATH and the cache are searched in this order', async () => {
  const options = offline();
  fakeK6(cachedBinary(options), '2.2.0');
  expect((await ensureK6(events, signal, options)).from).toBe('cache');
  fakeK6(join(folder, 'bin', 'k6'), '2.2.3');
  expect(await ensureK6(events, signal, options)).toMatchObject({ from: 'PATH', version: '2.2.3' });
  const own = fakeK6(join(folder, 'own'), '2.7.0');
  const asked = { ...options, env: { ...options.env, K6_PATH: own } };
  expect(await ensureK6(events, signal, asked)).toMatchObject({ from: 'K6_PATH', path: own });
  expect(notes).toEqual([expect.stringMatching(/K6_PATH is k6 2\.7\.0/)]);
});

test('where nothing can be kept the fix names the folder, and nothing is downloaded or built', async () => {
  fakeGo('go version go1.26.8 linux/amd64');
  writeFileSync(join(folder, 'file'), '');
  // /proc takes no folder, not even of root; below a file there is none.
  for (const cache of ['/proc/nope', join(folder, 'file', 'cache')]) {
    const options = offline({ XDG_CACHE_HOME: cache });
    const error = await failure(ensureK6(events, signal, options));
    expect(error.kind).toBe('fault');
    expect(error.message).toContain(`the folder ${k6Folder(options)} can't be written`);
    expect(error.fix).toMatch(/XDG_CACHE_HOME.*K6_PATH/);
    expect(error.fix).not.toMatch(/Install Go/);
  }
  expect(existsSync(join(folder, 'go-ran'))).toBe(false);
});

test.each(['k6-v2.2.0-linux-amd64', 'my k6', 'größe#1%41?'])(
  'a K6_PATH may be called %s, which k6 then prints for its name',
  async (name) => {
    const own = join(folder, name);
    // k6 takes what stands before the first blank for its name.
    const printed = `${name.split(' ')[0] ?? ''} v2.2.0 (go1.26.8, linux/amd64)`;
    writeFileSync(own, `#!/bin/sh\necho '${printed}'\n`, { mode: 0o755 });
    const options = offline({ K6_PATH: own });
    expect(await ensureK6(events, signal, options)).toMatchObject({ path: own, version: '2.2.0' });
  },
);

test('another k6 on PATH is passed over, and said so', async () => {
  const options = offline();
  fakeK6(cachedBinary(options), '2.2.0');
  const old = fakeK6(join(folder, 'bin', 'k6'), '1.7.0');
  expect((await ensureK6(events, signal, options)).from).toBe('cache');
  expect(notes).toEqual([`The k6 on PATH is passed over: k6 1.7.0, not 2.2.0 (${old}).`]);
});

test('a damaged k6 in the cache is replaced', async () => {
  const options = offline();
  fakeGo('go version go1.26.8 linux/amd64');
  mkdirSync(dirname(cachedBinary(options)), { recursive: true });
  writeFileSync(cachedBinary(options), 'half a bin', { mode: 0o755 });
  expect(await ensureK6(events, signal, options)).toMatchObject({ from: 'source' });
  expect(notes[0]).toMatch(/damaged/);
  expect(await ensureK6(events, signal, options)).toMatchObject({ from: 'cache' });
});

test.each([
  ['missing', 'no-such-file', /no such file/],
  ['a folder', 'bin', /no such file/],
  ['not executable', 'plain', /not executable/],
  ['another major version', 'old', /k6 1\.0\.0, and this program needs k6 2/],
  ['no k6', 'other', /prints no k6 version/],
])('a K6_PATH that is %s stops with a clear word', async (_, name, reason) => {
  writeFileSync(join(folder, 'plain'), 'text', { mode: 0o644 });
  fakeK6(join(folder, 'old'), '1.0.0');
  writeFileSync(join(folder, 'other'), '#!/bin/sh\necho hello\n', { mode: 0o755 });
  const options = offline({ K6_PATH: join(folder, name) });
  fakeK6(cachedBinary(options), '2.2.0');
  const error = await failure(ensureK6(events, signal, options));
  expect(error.kind).toBe('usage');
  expect(error.message).toMatch(reason);
});

test('k6 is described without being installed', async () => {
  const nothing = { ...offline(), platform: 'win32' as const };
  expect(await describeK6(nothing)).toMatchObject({ state: 'unusable', error: { kind: 'fault' } });
  fakeGo('go version go1.26.8 linux/amd64');
  const options = offline();
  expect(await describeK6(options)).toEqual({
    state: 'obtainable',
    version: '2.2.0',
    ways: [`download from https://127.0.0.1:1/v2.2.0/${archiveName}`, 'build with Go 1.26.8'],
    notes: [],
  });
  expect(existsSync(k6Folder(options))).toBe(false);
  fakeK6(cachedBinary(options), '2.2.0');
  expect(await describeK6(options)).toMatchObject({
    state: 'ready',
    from: 'cache',
    version: '2.2.0',
  });
  expect(await describeK6(offline({ K6_PATH: '/no/k6' }))).toMatchObject({
    state: 'unusable',
    error: { kind: 'usage' },
  });
});

const hashOf = (archive: Buffer): string => createHash('sha256').update(archive).digest('hex');

function offline(env: NodeJS.ProcessEnv = {}, archive: Buffer = Buffer.from('none')): K6Options {
  return {
    env: {
      PATH: join(folder, 'bin'),
      HOME: folder,
      // Nothing listens on port 1.
      BENCH_K6_RELEASES: 'https://127.0.0.1:1',
      ...env,
    },
    platform: 'linux',
    arch: 'x64',
    hashes: new Map([['linux-amd64', hashOf(archive)]]),
    ca: readFileSync(join(keys, 'cert.pem'), 'utf8'),
    // Too long to be met by a host that is only slow, as all are on a busy machine.
    limits: { connectMs: 20_000, stallMs: 20_000, totalMs: 30_000 },
  };
}

/** A host of releases, and options for which `archive` is the published one. */
async function releaseHost(listener: RequestListener, archive?: Buffer): Promise<K6Options> {
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => readFileSync(join(keys, name)));
  const listening = createServer({ key, cert }, listener);
  server = listening;
  await new Promise<void>((done) => listening.listen(0, '127.0.0.1', done));
  const { port } = listening.address() as AddressInfo;
  return offline({ BENCH_K6_RELEASES: `https://127.0.0.1:${String(port)}` }, archive);
}

function makeArchive(version: string): Buffer {
  fakeK6(join(folder, 'k6-v2.2.0-linux-amd64', 'k6'), version);
  execFileSync('tar', ['-czf', archiveName, 'k6-v2.2.0-linux-amd64'], { cwd: folder });
  return readFileSync(join(folder, archiveName));
}

function fakeK6(path: string, version: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho "k6 v${version} (go1.26.8, linux/amd64)"\n`);
  chmodSync(path, 0o755);
  return path;
}

const writesK6 = `echo '#!/bin/sh\necho "k6 v2.2.0 (go1.26.8, linux/amd64)"' > k6`;

/** A Go that builds in no time: the real one needs a minute. */
function fakeGo(version: string, build: string = writesK6, tools: string[] = []): void {
  for (const tool of ['cat', ...tools]) symlinkSync(which(tool), join(folder, 'bin', tool));
  const ran = join(folder, 'go-ran');
  writeFileSync(
    join(folder, 'bin', 'go'),
    `#!/bin/sh
case "$1" in
  version) echo "${version}" ;;
  env) echo local ;;
  *) echo "$* GOOS=$GOOS CGO_ENABLED=$CGO_ENABLED GOWORK=$GOWORK GOTMPDIR=$GOTMPDIR" > ${ran}; cat go.mod go.sum >> ${ran}; ${build} ;;
esac
`,
    { mode: 0o755 },
  );
}

function which(tool: string): string {
  return execFileSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).trim();
}

async function failure(promise: Promise<unknown>): Promise<BenchError> {
  const error: unknown = await promise.then(
    () => undefined,
    (e: unknown) => e,
  );
  if (!(error instanceof BenchError)) throw new Error('no BenchError', { cause: error });
  return error;
}

function expectNothingUnfinished(options: K6Options): void {
  expect(readdirSync(k6Folder(options)).filter((name) => name.startsWith('unfinished'))).toEqual(
    [],
  );
}

function isRunning(pid: number): boolean {
  try {
    // A zombie waits for its new parent; it runs no more.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${String(pid)}/status`, 'utf8'));
  } catch {
    return false;
  }
}
