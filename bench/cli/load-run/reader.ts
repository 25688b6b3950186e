import { parentPort, workerData } from 'node:worker_threads';
import { readVantage, type VantageFile } from './read-vantage.ts';

/** A thread that reads one vantage. */
parentPort?.postMessage(await readVantage(workerData as VantageFile));
