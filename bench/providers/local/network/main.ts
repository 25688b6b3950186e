// The network process: every edge and every link of a local world, apart from the command, whose work would disturb them.
import { messageOf } from '../../../base/errors.ts';
import { comeFirst } from './come-first.ts';
import { openNetwork } from './open-network.ts';
import type { NetworkConfig, NetworkFailed } from './protocol.ts';

comeFirst();

const exit = (): never => process.exit(0);
// The parent died or let go.
process.on('disconnect', exit);
process.on('SIGTERM', exit);
// Ctrl-C, and the end of the terminal, reach every process of it; the parent decides when this one ends.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
// One broken connection must not take the others with it.
process.on('uncaughtException', (error) => {
  process.stderr.write(`network: ${error.stack ?? error.message}\n`);
});

process.once('message', (config: NetworkConfig) => {
  openNetwork(config).then(
    ({ ready }) => process.send?.(ready),
    (error: unknown) => {
      const failed: NetworkFailed = { type: 'failed', reason: messageOf(error) };
      process.send?.(failed, exit);
    },
  );
});
