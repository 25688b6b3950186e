// Speed of reading k6's CSV: 200,000 synthetic requests (2.6 million rows, as many as k6 writes), beside bare gunzip of the same file.
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGunzip, createGzip } from 'node:zlib';
import { seededRandom } from '../bench/base/random.ts';
import { readSamples } from '../bench/k6/output.ts';
import { pipeline } from 'node:stream/promises';

const perRequest =
  'http_reqs http_req_duration http_req_blocked http_req_connecting http_req_tls_handshaking http_req_sending http_req_waiting http_req_receiving http_req_failed'.split(
    ' ',
  );
const perIteration = 'data_sent data_received iteration_duration iterations'.split(' ');

const requests = Number(process.argv[2] ?? 200_000);
const folder = await mkdtemp(join(tmpdir(), 'bench-output-'));
try {
  const file = join(folder, 'k6.csv.gz');
  await writeCsv(file, requests);
  const unpacked = await gunzipOnly(file);
  const gunzip = await best(() => gunzipOnly(file));
  let delivered = 0;
  const result = await readSamples(file, 'cdg', counting());
  const parse = await best(() => readSamples(file, 'cdg', counting()));
  const size = (await stat(file)).size;
  console.log(
    `file        ${mb(size)} packed, ${mb(unpacked)} unpacked, ${result.rows} rows, ${result.requests} requests`,
  );
  console.log(`gunzip      ${speed(gunzip, unpacked)}`);
  console.log(
    `readSamples ${speed(parse, unpacked)}, ${(result.rows / parse.wall / 1e6).toFixed(2)} million rows/s, ${(parse.wall / gunzip.wall).toFixed(2)} x gunzip`,
  );
  console.log(`a million   ${((parse.wall * 1e6) / requests).toFixed(1)} s (target: 6 s)`);
  console.log(`memory      ${mb(process.resourceUsage().maxRSS * 1024)} at most (target: 400 MB)`);
  function counting() {
    return { sample: () => delivered++, extra: () => delivered++ };
  }
} finally {
  await rm(folder, { recursive: true });
}

/** What k6 writes for one-request iterations without own metrics: 13 rows each, tags in random order, 20 users. */
async function writeCsv(file: string, count: number): Promise<void> {
  await pipeline(lines(count), createGzip(), createWriteStream(file));
}

function* lines(count: number): Generator<string> {
  const random = seededRandom(1);
  yield 'metric_name,timestamp,metric_value,error_code,status,extra_tags,metadata\n';
  for (let i = 0; i < count; i++) {
    const at = 1_795_265_140_658_642 + i * 997;
    const round = `round=${String(Math.floor((i * 10) / count))}`;
    const target = `target=${['single-region', 'multi-region-single-db', 'read-replicas'][i % 3] ?? ''}`;
    const origin = `vu=${String((i % 20) + 1)}&iter=${String(Math.floor(i / 20))}`;
    const row = (metric: string, code: string, tags: string[]) =>
      `${metric},${String(at)},${(200 * random.float() ** 3).toFixed(6)},,${code},${random.shuffle(tags).join('&')},${origin}\n`;
    const tags = [target, round, 'scenario=search'];
    const asked = [...tags, 'step=search', 'name=search'];
    yield (
      perRequest.map((metric) => row(metric, '200', asked)).join('') +
      perIteration.map((metric) => row(metric, '', tags)).join('')
    );
  }
}

async function gunzipOnly(file: string): Promise<number> {
  let bytes = 0;
  const unpacked = createReadStream(file).pipe(createGunzip({ chunkSize: 256 * 1024 }));
  for await (const chunk of unpacked) bytes += (chunk as Buffer).length;
  return bytes;
}

/** The fastest of five, since the machine has other work: its seconds, and those of processor time in all threads. */
async function best(work: () => Promise<unknown>): Promise<{ wall: number; cpu: number }> {
  let least = { wall: Infinity, cpu: Infinity };
  for (let i = 0; i < 5; i++) {
    const start = performance.now();
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    const wall = (performance.now() - start) / 1000;
    if (wall < least.wall) least = { wall, cpu: (user + system) / 1e6 };
  }
  return least;
}

function speed({ wall, cpu }: { wall: number; cpu: number }, bytes: number): string {
  return `${wall.toFixed(2)} s (${cpu.toFixed(2)} s of processor), ${mb(bytes / wall)}/s`;
}

function mb(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
