/** `node app.mjs` serves; `node app.mjs migrate` makes and fills the database. Configured by its environment alone. */
import { startServer } from './server.ts';
import { readSettings, type Settings } from './settings.ts';
import { migrate } from './store/migrate.ts';

const log = (line: string): void => {
  console.error(line);
};

async function serve(settings: Settings): Promise<void> {
  const server = await startServer(settings, log);
  console.log(`${settings.region}: listening on ${settings.host}:${server.port}`);
  const stop = (): void => {
    // Asked a second time, it is urgent.
    process.once('SIGTERM', () => process.exit(1)).once('SIGINT', () => process.exit(1));
    void server.stop(5000).then(() => process.exit(0));
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop);
}

async function main(command: string | undefined): Promise<void> {
  if (command === 'migrate') {
    const { seeded } = await migrate(
      readSettings({ ...process.env, REPLAY: 'off' }, log).databaseUrl,
    );
    console.log(seeded > 0 ? `seeded ${seeded} recipes` : 'the recipes are there already');
  } else if (command === undefined) await serve(readSettings(process.env, log));
  else throw new Error(`unknown command ${command}: it is migrate, or nothing to serve`);
}

main(process.argv[2]).catch((error: unknown) => {
  log(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
