/** What a child process is for; it decides what of this process's environment it needs. */
export type Purpose = 'tool' | 'app' | 'database' | 'k6' | 'go' | 'browser' | 'flyctl';

export type Environment = Readonly<Record<string, string | undefined>>;

/** To find and load programs. */
const loading = ['PATH', 'LD_LIBRARY_PATH', 'DYLD_*', 'SYSTEMROOT', 'WINDIR', 'PATHEXT', 'COMSPEC'];

/** Who somebody is, where their files lie, and how they write language and time. */
const person = [
  ...['HOME', 'USER', 'LOGNAME', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'XDG_*'],
  ...['TMPDIR', 'TMP', 'TEMP', 'LANG', 'LANGUAGE', 'LC_*', 'TZ'],
];

/** Which certificate authorities are trusted; whoever has an own one means every connection. */
const authorities = ['SSL_CERT_FILE', 'SSL_CERT_DIR'];

const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'].flatMap((name) => [
  name,
  name.toLowerCase(),
]);

/**
 * Where Go lies, where it keeps things, whom it asks. Not GOFLAGS, GOSUMDB, GOINSECURE, GONOSUMDB, GOPRIVATE, GOENV,
 * which can take its checks away or run other programs in its place.
 */
const goSettings = [
  ...['GOROOT', 'GOPATH', 'GOBIN', 'GOCACHE', 'GOMODCACHE', 'GOPROXY', 'GOTOOLCHAIN', 'GOTMPDIR'],
  ...['GOMAXPROCS', 'GOMEMLIMIT', 'GOTELEMETRYDIR', 'NETRC'],
];

/**
 * What each kind of child may have of this process's environment; all else stays behind, so that a variable reaches a
 * measurement because a line here says so. A name that ends in `*` stands for all that begin so.
 */
const passed: Readonly<Record<Purpose, readonly string[]>> = {
  /** Small programs (git, tar, ps), and our own processes that serve a run. */
  tool: [...loading, ...person],
  /** The app is deployed in an environment that its topology makes, not in ours. */
  app: loading,
  /** PGHOST, PGOPTIONS and the like would change what Postgres does. */
  database: loading,
  /** No K6_*, no proxies, no GODEBUG: they change what is measured. */
  k6: [...loading, ...person, ...authorities],
  /** Building k6 downloads modules. */
  go: [...loading, ...person, ...authorities, ...proxies, ...goSettings],
  browser: [
    ...[...loading, ...person, 'DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY'],
    ...['DBUS_SESSION_BUS_ADDRESS', 'FONTCONFIG_*', 'BROWSER', 'DESKTOP_SESSION', 'KDE_*'],
    ...['GNOME_*', 'WSL_*', 'WSLENV'],
  ],
  /** Fly's login and address, and a Docker that builds; no FLY_ variables that stand for flags (FLY_APP, FLY_JSON). */
  flyctl: [
    ...[...loading, ...person, ...authorities, ...proxies, 'SSH_AUTH_SOCK'],
    ...['FLY_API_TOKEN', 'FLY_ACCESS_TOKEN', 'FLY_CONFIG_DIR', 'FLY_FLAPS_BASE_URL'],
    ...['FLY_API_BASE_URL', 'DOCKER_HOST', 'DOCKER_CONFIG', 'DOCKER_CONTEXT', 'DOCKER_CERT_PATH'],
    'DOCKER_TLS_VERIFY',
  ],
};

/** The environment of a child: what its purpose needs of `from`, and `own` on top. */
export function childEnvironment(
  purpose: Purpose,
  own: Environment = {},
  from: Environment = process.env,
): Record<string, string> {
  const names = Object.keys(from).filter((name) => reaches(purpose, name));
  const all = { ...Object.fromEntries(names.map((name) => [name, from[name]])), ...own };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** Whether a child of that purpose gets a variable of this process. */
export const reaches = (purpose: Purpose, name: string): boolean => isAmong(name, passed[purpose]);

export const isAmong = (name: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
  );
