import type { Resend } from 'resend';
import type { Settings } from '../settings.js';
import { resendAnswering } from '../testing/resend-answering.js';
import { ProviderDomains } from './provider-domains.js';

const settings = { timeoutSeconds: 5 } as Settings;

const calls = {
  find: (domains: ProviderDomains) => domains.find('helios.example'),
  create: (domains: ProviderDomains) => domains.create('helios.example'),
  get: (domains: ProviderDomains) => domains.get('one'),
  verify: (domains: ProviderDomains) => domains.verify('one'),
  remove: (domains: ProviderDomains) => domains.remove('one'),
};

describe.each(Object.keys(calls) as (keyof typeof calls)[])('the request %s', (call) => {
  it.each([
    [200, '<h1>Maintenance</h1>'],
    [200, 'null'],
    [200, '{}'],
    [200, '{"id":""}'],
    [403, '{"message":"Blocked"}'],
    [404, '{"error":"No such page"}'],
    [404, '"Not found"'],
    [404, 'null'],
  ])('is not answered by %i with %s, which is not by the provider', async (status, body) => {
    const asked = resendAnswering<unknown>({ status, body }, (resend) =>
      calls[call](new ProviderDomains(resend, settings)),
    );
    await expect(asked).rejects.toMatchObject({ problem: { code: 'unavailable' } });
  });
});

it('an unknown domain is what the provider calls so', async () => {
  const body = '{"statusCode":404,"name":"not_found","message":"Domain not found"}';
  const get = (resend: Resend) => calls.get(new ProviderDomains(resend, settings));
  expect(await resendAnswering({ status: 404, body }, get)).toBe(null);
});
