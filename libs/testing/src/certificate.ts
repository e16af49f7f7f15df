import { execFileSync } from 'node:child_process';
import path from 'node:path';

/**
 * Creates a self-signed certificate for servers and clients on this machine.
 * @returns the files, in PEM
 */
export function makeCertificate(folder: string): { certificate: string; key: string } {
  const [certificate, key] = ['certificate.pem', 'key.pem'].map((file) => path.join(folder, file)) as [string, string];
  try {
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
        ...['-subj', '/CN=tenure', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'],
        // A Temporal worker refuses a certificate that may sign others.
        ...['-addext', 'basicConstraints=critical,CA:FALSE'],
        ...['-out', certificate, '-keyout', key],
      ],
      { stdio: 'pipe' },
    );
  } catch (error) {
    throw new Error('This test needs openssl to create a certificate: install it.', { cause: error });
  }
  return { certificate, key };
}
