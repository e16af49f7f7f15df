import { temporalServer } from './server.js';

const TEMPORAL_ADDRESS = 'temporal.example:7233';
const pair = { TEMPORAL_TLS_CERTIFICATE: 'certificate', TEMPORAL_TLS_KEY: 'key' };

describe('Temporal is reached', () => {
  it('without TLS by default', () =>
    expect(temporalServer({ TEMPORAL_ADDRESS })).toEqual({ address: TEMPORAL_ADDRESS }));
  it('over TLS, with the public authorities', () =>
    expect(temporalServer({ TEMPORAL_ADDRESS, TEMPORAL_TLS: 'on' })).toEqual({ address: TEMPORAL_ADDRESS, tls: {} }));
  it.each([
    ['an authority', { TEMPORAL_TLS_AUTHORITY: 'pem' }, { tls: { serverRootCACertificate: Buffer.from('pem') } }],
    ['a certificate', pair, { tls: { clientCertPair: { crt: Buffer.from('certificate'), key: Buffer.from('key') } } }],
    ['a key', { TEMPORAL_API_KEY: 'a-key' }, { tls: {}, apiKey: 'a-key' }],
  ])('over TLS if %s is given, so that it is never sent unencrypted', (_, given, expected) =>
    expect(temporalServer({ TEMPORAL_ADDRESS, ...given })).toEqual({ address: TEMPORAL_ADDRESS, ...expected }),
  );
});

it.each([
  ['half a pair', { TEMPORAL_TLS_CERTIFICATE: 'certificate' }, 'go together: set both, or neither.'],
  ['the other half', { TEMPORAL_TLS_KEY: 'key' }, 'go together: set both, or neither.'],
  ['a key that would be sent without TLS', { TEMPORAL_TLS: 'off', TEMPORAL_API_KEY: 'a-key' }, 'TEMPORAL_TLS is off'],
] as const)('%s is refused', (_, given, sentence) =>
  expect(() => temporalServer({ TEMPORAL_ADDRESS, ...given })).toThrow(sentence),
);
