import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tls from 'node:tls';

/**
 * The certificate authorities that k6 trusts, as near as that can be known: Node's own, the system's, and those that
 * `SSL_CERT_FILE` and `SSL_CERT_DIR` name, as Go has it. A file that can't be read adds none.
 */
export async function trustedAuthorities(env: NodeJS.ProcessEnv): Promise<readonly string[]> {
  const { SSL_CERT_FILE: file, SSL_CERT_DIR: dirs } = env;
  const files = isSet(file) ? [file] : systemFiles;
  const named = isSet(dirs) ? await Promise.all(dirs.split(':').map(filesIn)) : [];
  const texts = await Promise.all([...files, ...named.flat()].map(textOf));
  return [...new Set([...tls.rootCertificates, ...fromSystem(), ...texts.flatMap(certificatesIn)])];
}

/** Where Linux distributions and BSDs keep them (crypto/x509 of Go). */
const systemFiles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

const isSet = (value: string | undefined): value is string => value !== undefined && value !== '';

const filesIn = (dir: string): Promise<string[]> =>
  readdir(dir).then(
    (names) => names.map((name) => join(dir, name)),
    () => [],
  );

const textOf = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '');

const certificatesIn = (text: string): readonly string[] =>
  text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];

/** Node can ask macOS and Windows since 22.15. */
function fromSystem(): readonly string[] {
  const { getCACertificates } = tls as { getCACertificates?: (of: 'system') => string[] };
  return getCACertificates?.('system') ?? [];
}
