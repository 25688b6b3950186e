// Stands for k6 in scripts/bench-collect.ts: writes the rows of so many requests to the file that `--out csv=FILE` names.
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { seededRandom } from '../../bench/base/random.ts';

const file = process.argv.find((arg) => arg.startsWith('csv='))?.slice('csv='.length) ?? '';
await pipeline(batches(Number(process.env['ROWS_OF'])), createWriteStream(file));

function* batches(requests: number): Generator<string> {
  let batch = 'metric_name,timestamp,metric_value,error_code,status,extra_tags,metadata\n';
  for (const row of rows(requests)) {
    batch += row;
    if (batch.length < 60_000) continue;
    yield batch;
    batch = '';
  }
  yield batch;
}

/** 16 rows a request like those of the built-in scenarios, 800 requests a second, in blocks of ten seconds. */
function* rows(requests: number): Generator<string> {
  const random = seededRandom(1);
  const near = (ms: number): string => (ms * Math.exp(0.5 * normal())).toFixed(6);
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random.float())) * Math.cos(2 * Math.PI * random.float());
  let at = 1_795_265_140_658_642;
  for (let i = 0; i < requests; i++) {
    at += Math.round(-1250 * Math.log(1 - random.float()));
    const block = Math.floor(i / 8000);
    const target = ['single-region', 'multi-region-single-db', 'read-replicas'][block % 3] ?? '';
    const own = [`target=${target}`, `round=${Math.floor(block / 3)}`, 'scenario=search'];
    const asked = [...own, 'step=search', 'name=search'];
    const said = [...own, 'step=search', 'served=cdg', 'cache=none'];
    const origin = `vu=${random.int(1, 80)}&iter=${Math.floor(i / 80)}`;
    const row = (metric: string, value: string, tags: string[], status = ''): string =>
      `${metric},${at},${value},,${status},${random.shuffle(tags).join('&')},${origin}\n`;
    const [sending, waiting, receiving] = [near(0.05), near(60), near(0.1)];
    const sum = (Number(sending) + Number(waiting) + Number(receiving)).toFixed(6);
    const isNew = random.float() < 0.02;
    yield (
      row('http_reqs', '1.000000', asked, '200') +
      row('http_req_duration', sum, asked, '200') +
      row('http_req_blocked', near(isNew ? 40 : 0.008), asked, '200') +
      row('http_req_connecting', isNew ? near(40) : '0.000000', asked, '200') +
      row('http_req_tls_handshaking', '0.000000', asked, '200') +
      row('http_req_sending', sending, asked, '200') +
      row('http_req_waiting', waiting, asked, '200') +
      row('http_req_receiving', receiving, asked, '200') +
      row('http_req_failed', '0.000000', asked, '200')
    );
    at += random.int(100, 600);
    yield row('server_app_ms', `${Number(near(7)).toFixed(2)}0000`, said);
    at += random.int(5, 20);
    yield row('server_db_ms', `${Number(near(4)).toFixed(2)}0000`, said);
    at += random.int(5, 20);
    yield row('server_db_queries', '3.000000', said);
    at += random.int(3, 12);
    yield (
      row('data_sent', `${random.int(94, 99)}.000000`, own) +
      row('data_received', `${random.int(15_800, 16_100)}.000000`, own) +
      row('iteration_duration', near(90), own) +
      row('iterations', '1.000000', own)
    );
  }
}
