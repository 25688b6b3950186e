import { appPort } from '../app-names.ts';
import type { RegionCode } from '../../../world/regions.ts';

/** What the configuration file of one topology's app says. */
export interface FlyToml {
  readonly app: string;
  readonly primary: RegionCode;
  /** Runs the region-aware middleware. */
  readonly replay: boolean;
  /** Preset of its machines: `performance-1x`. */
  readonly size: string;
}

/**
 * A `fly.toml`. Machines never stop by themselves, or the first request of a block would wait for one to start; and
 * they listen on every address of both families, as the private network is IPv6.
 */
export function flyToml({ app, primary, replay, size }: FlyToml): string {
  return `# Written by \`bench deploy\`; a change here is lost when it runs again.
app = "${app}"
primary_region = "${primary}"

[env]
  PRIMARY_REGION = "${primary}"
  HOST = "::"
  PORT = "${String(appPort)}"
${replay ? '' : '  REPLAY = "off"\n'}
[deploy]
  # Makes and fills the database; does nothing where it is filled.
  release_command = "node /app/app.mjs migrate"
  strategy = "immediate"

[http_service]
  internal_port = ${String(appPort)}
  force_https = true
  auto_stop_machines = "off"
  auto_start_machines = true
  min_machines_running = 1

  [http_service.concurrency]
    type = "requests"
    soft_limit = 200
    hard_limit = 250

  [[http_service.checks]]
    method = "GET"
    path = "/healthz"
    grace_period = "20s"
    interval = "15s"
    timeout = "5s"

[[vm]]
  size = "${size}"
`;
}
