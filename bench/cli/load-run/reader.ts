import { parentPort } from 'node:worker_threads';
import { readVantage, type VantageFiles } from './read-vantage.ts';

/** A thread that reads the vantages that are posted to it, one at a time. What it can't deal with ends it. */
parentPort?.on('message', (one: VantageFiles) => {
  void readVantage(one).then((read) => parentPort?.postMessage(read));
});
