import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

// Addresses at which no service can be reached, each for another reason.

/** Why nothing answers, and the origin where that is so. */
export interface Unreachable {
  readonly addresses: Readonly<Record<UnreachableReason, string>>;
  stop(): Promise<void>;
}

export type UnreachableReason = 'selfSigned' | 'notResolved' | 'refused';

/** Nothing listens there: no program is given this port by the system, and clients may ask it, unlike port 1. */
export const refusingAddress = 'http://127.0.0.1:2';

/** A label of a name has 63 characters at most: no server of names has to be asked. */
const unresolvableAddress = `https://${'x'.repeat(64)}.invalid`;

/** Starts what has to be there so that it cannot be trusted. */
export async function startUnreachable(): Promise<Unreachable> {
  const server = createServer({ key, cert: certificate }, (_request, response) => response.end('{}'));
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    addresses: {
      selfSigned: `https://localhost:${port}`,
      notResolved: unresolvableAddress,
      refused: refusingAddress,
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Made for this file, valid from 2020 to 2120. It signs nothing else, and nobody trusts it. */
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg/a3csgE/E5w6ieJo
BzLoh8J3CvQbMBZY1g0pVdMr34yhRANCAARhksTQyvz+9pqKuTDBDmV4aWRxyCSd
N7uaGY38J6TlZ3od61Sv9yOmMEcNOXoO6J09CFb7K3yKMHUR74tfBrRs
-----END PRIVATE KEY-----`;
const certificate = `-----BEGIN CERTIFICATE-----
MIIBTzCB9qADAgECAgEBMAoGCCqGSM49BAMCMBQxEjAQBgNVBAMMCWxvY2FsaG9z
dDAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowFDESMBAGA1UEAwwJ
bG9jYWxob3N0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYZLE0Mr8/vaairkw
wQ5leGlkccgknTe7mhmN/Cek5Wd6HetUr/cjpjBHDTl6DuidPQhW+yt8ijB1Ee+L
Xwa0bKM3MDUwFAYDVR0RBA0wC4IJbG9jYWxob3N0MB0GA1UdDgQWBBQrfmeiwRGT
3f4dIxVgZDJBwa0DgjAKBggqhkjOPQQDAgNIADBFAiEAkOr+YxK/xYp+WwuvsJe8
I78ETeTMpzXDq32PMRuqj+8CIGLnZHwOLmmVz/gKexL1FG+wHguosX/V+hyXxOW8
ajJe
-----END CERTIFICATE-----`;
