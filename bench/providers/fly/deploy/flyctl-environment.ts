/**
 * What flyctl gets of a person's environment. Not among it: other FLY_ variables, which stand for flags (FLY_APP, FLY_JSON),
 * and keys that are for somebody else (AWS_*, PG*).
 */
const passed = new Set([
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'TMPDIR', 'TMP', 'TEMP', 'TZ', 'LANG'],
  ...['LD_LIBRARY_PATH', 'SSH_AUTH_SOCK'],
  // Another account's login, and another address of the API, as for our own calls.
  ...[
    'FLY_API_TOKEN',
    'FLY_ACCESS_TOKEN',
    'FLY_CONFIG_DIR',
    'FLY_FLAPS_BASE_URL',
    'FLY_API_BASE_URL',
  ],
  // How Fly is reached from here.
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
  ...['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'],
  // Images may be built by a Docker of one's own.
  ...['DOCKER_HOST', 'DOCKER_CONFIG', 'DOCKER_CONTEXT', 'DOCKER_CERT_PATH', 'DOCKER_TLS_VERIFY'],
]);

/** The environment of flyctl; of a person's only what it needs. */
export function flyctlEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  const ours = Object.entries(env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && (passed.has(entry[0]) || /^(LC_|XDG_)/.test(entry[0])),
  );
  return { ...Object.fromEntries(ours), NO_COLOR: '1', FLY_NO_UPDATE_CHECK: '1' };
}
