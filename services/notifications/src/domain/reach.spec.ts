import { whoElse } from './reach.js';

const office = {
  memberId: null,
  name: null,
  email: 'Office@helios.example',
  language: 'es',
  isExtra: false,
} as const;
const delivery = (
  status: 'sent' | 'unknown' | 'bounced' | 'complained' | 'failed' | 'delayed',
  email = 'ana@helios.example',
) => ({
  status,
  email,
  reason: null,
  isExtra: false,
  isEmptied: false,
});
const bounced = {
  kind: 'reminder',
  deliveries: [delivery('bounced'), delivery('complained', 'ben@helios.example')],
  untrue: null,
  fallback: office,
  marked: new Set<string>(),
} as const;

describe('a notice that has reached nobody', () => {
  it('goes to the fallback address', () => expect(whoElse(bounced)).toEqual({ kind: 'fallback', recipient: office }));

  it.each(['sent', 'unknown', 'delayed'] as const)(
    'needs nothing while one delivery is %s, which may arrive',
    (status) =>
      expect(
        whoElse({ ...bounced, deliveries: [...bounced.deliveries, delivery(status, 'c@helios.example')] }),
      ).toEqual({
        kind: 'nothing',
      }),
  );

  it('needs nothing while the only delivery may arrive', () =>
    expect(whoElse({ ...bounced, deliveries: [delivery('sent')] })).toEqual({ kind: 'nothing' }));

  it('needs nothing while the fallback address may receive it as an extra address of the account', () => {
    const asExtra = { ...delivery('sent', 'office@helios.example'), isExtra: true };
    expect(whoElse({ ...bounced, deliveries: [...bounced.deliveries, asExtra] })).toEqual({ kind: 'nothing' });
  });

  it('needs nothing when it no longer holds', () =>
    expect(whoElse({ ...bounced, untrue: 'renewed' })).toEqual({ kind: 'nothing' }));

  it.each<[string, Partial<Parameters<typeof whoElse>[0]>]>([
    ['there is no fallback address', { fallback: null }],
    ['the fallback address has already received it', { deliveries: [delivery('bounced', 'office@helios.example')] }],
    [
      'the fallback address has already received one of several',
      { deliveries: [...bounced.deliveries, delivery('bounced', 'office@helios.example')] },
    ],
    ['the fallback address is marked', { marked: new Set(['office@helios.example']) }],
    ['there were no recipients and no fallback address', { deliveries: [], fallback: null }],
  ])('is for Customer Success when %s', (_, known) =>
    expect(whoElse({ ...bounced, ...known })).toEqual({ kind: 'nobody' }),
  );

  it('needs nothing once its contents were removed: the fallback address may have received it', () =>
    expect(
      whoElse({ ...bounced, deliveries: bounced.deliveries.map((each) => ({ ...each, isEmptied: true })) }),
    ).toEqual({ kind: 'nothing' }));

  it('is sent to nobody else when it was for reviewers themselves', () => {
    expect(whoElse({ ...bounced, kind: 'application_waiting' })).toEqual({ kind: 'nothing' });
    expect(whoElse({ ...bounced, kind: 'recipients_unreachable' })).toEqual({ kind: 'nothing' });
  });
});
