import { roles } from './credentials.ts';

/** What distinguishes one server from another. */
export interface ServerSettings {
  readonly port: number;
  readonly maxConnections: number;
  /** Makes it a streaming replica of the server that is reached at this port of 127.0.0.1. */
  readonly standbyOf?: Upstream;
}

/** Where a replica has its data from. */
export interface Upstream {
  readonly port: number;
  /** What the primary shall call the replica. */
  readonly name: string;
  /** The file with the password, which only the server's user can read: everybody sees command lines. */
  readonly passwordFile: string;
}

/**
 * The settings of a server, as `-c` arguments. The data is thrown away, so nothing is forced to disk; all that decides
 * what clients see (when a commit returns, when a replica shows it) is as on an ordinary server.
 */
export function serverArguments(
  settings: ServerSettings,
  install: { readonly major: number; readonly accessFile: string },
): string[] {
  return Object.entries(serverSettings(settings, install)).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
}

function serverSettings(
  { port, maxConnections, standbyOf }: ServerSettings,
  { major, accessFile }: { readonly major: number; readonly accessFile: string },
): Record<string, string | number> {
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port,
    hba_file: accessFile,
    // In the data folder, so that it goes with that even after SIGKILL; the system's own shared memory would stay.
    dynamic_shared_memory_type: 'mmap',
    // A replica must allow as many as its primary; hence the same for all.
    max_connections: maxConnections,
    max_wal_senders: 24,
    ...small,
    ...throwAway,
    ...replication,
    // Its I/O workers would be three more processes for every server.
    ...(major >= 18 ? { io_method: 'sync' } : {}),
    ...(standbyOf === undefined ? {} : { primary_conninfo: connectionInfo(standbyOf) }),
  };
}

/** Dozens of these servers run beside each other. */
const small = {
  shared_buffers: '16MB',
  min_wal_size: '8MB',
  max_wal_size: '64MB',
  max_parallel_workers_per_gather: 0,
  max_logical_replication_workers: 0,
  jit: 'off',
};

const throwAway = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'on' };

const replication = {
  wal_level: 'replica',
  // A replica that fell behind catches up without a new copy.
  wal_keep_size: '64MB',
  hot_standby: 'on',
  hot_standby_feedback: 'on',
  // Nobody reads for as long as this; a reader never makes a replica stale for longer.
  max_standby_streaming_delay: '5s',
  wal_receiver_status_interval: '1s',
  // The way to the primary may open a moment after the replica.
  wal_retrieve_retry_interval: '200ms',
};

const connectionInfo = ({ port, name, passwordFile }: Upstream): string =>
  [
    `host=127.0.0.1 port=${port} user=${roles.replication} passfile=${quoted(passwordFile)}`,
    `application_name=${name} sslmode=disable gssencmode=disable`,
  ].join(' ');

/** As libpq has it for values with blanks. */
const quoted = (value: string): string => `'${value.replace(/['\\]/g, '\\$&')}'`;

/** Arguments of initdb: a superuser whose password (or verifier) lies in a file, UTF-8, an order that is the same anywhere. */
export const initArguments = ({
  dataDir,
  passwordFile,
  major,
  isForGroup,
}: {
  readonly dataDir: string;
  readonly passwordFile: string;
  readonly major: number;
  /** Whether others of its group may read what it makes. */
  readonly isForGroup: boolean;
}): string[] => [
  ...['-D', dataDir, `--username=${roles.superuser}`, `--pwfile=${passwordFile}`],
  ...['--auth=scram-sha-256', '--encoding=UTF8'],
  ...(isForGroup ? ['--allow-group-access'] : []),
  // Small segments make small copies.
  ...['--no-sync', '--no-instructions', '--wal-segsize=1'],
  ...localeArguments(major),
];

/** Compares bytes as locale C does; from 17 on, full-text search folds É to é as well, without the system's locales. */
const localeArguments = (major: number): string[] =>
  major >= 17
    ? ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
    : ['--locale=C'];
