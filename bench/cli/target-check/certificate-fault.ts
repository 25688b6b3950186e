/** What is wrong with a certificate, by the code of the error that OpenSSL or Node made of it. */
const faults: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its authority is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the authority that signed it is unknown, or not sent along',
  UNABLE_TO_GET_ISSUER_CERT: 'the authority that signed it is unknown',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the authority that signed it is unknown',
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  CERT_REVOKED: 'it was revoked',
  CERT_UNTRUSTED: 'it is not trusted',
  CERT_REJECTED: 'it was rejected',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is for another name',
};

/** One clause about the certificate; undefined if the error is about something else. */
export function certificateFault(error: unknown): string | undefined {
  const { code, cert } = error as { code?: unknown; cert?: { subjectaltname?: string } };
  const fault = typeof code === 'string' ? faults[code] : undefined;
  const names = cert?.subjectaltname?.replaceAll('DNS:', '');
  return code === 'ERR_TLS_CERT_ALTNAME_INVALID' && names !== undefined
    ? `${fault ?? ''} (${names.length > 100 ? `${names.slice(0, 100)}…` : names})`
    : fault;
}
