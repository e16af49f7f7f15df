import { isRemoved, recipientsOf } from './recipients.js';

const ana = { memberId: 'a', name: 'Ana', email: 'ana@partner.example', language: 'es' as const };
const ben = { memberId: 'b', name: 'Ben', email: 'ben@partner.example', language: 'en' as const };
const site = { email: 'site@customer.example', language: 'en' as const };
const told = {
  recipients: [ana, ben],
  extraAddresses: [],
  fallbackEmail: 'office@partner.example',
  organization: { language: 'es' as const },
};
const member = (of: typeof ana | typeof ben) => ({ ...of, isExtra: false });
const extra = { memberId: null, name: null, ...site, isExtra: true };

describe('who gets a delivery', () => {
  it('is each recipient, in the own language', () => expect(recipientsOf(told)).toEqual([member(ana), member(ben)]));

  it('is each extra address besides, in its own', () =>
    expect(recipientsOf({ ...told, extraAddresses: [site] })).toEqual([member(ana), member(ben), extra]));

  it('is one for an address that two share, however it is written: the first, and a member', () =>
    expect(
      recipientsOf({
        ...told,
        recipients: [ana, { ...ben, email: ' ANA@partner.example ' }],
        extraAddresses: [site, { ...site, email: 'Ana@partner.example' }],
      }),
    ).toEqual([member(ana), extra]));

  it('is one alone, and not the fallback address besides', () =>
    expect(recipientsOf({ ...told, recipients: [ana] })).toEqual([member(ana)]));

  it('is the fallback address in the language of the organization, when there is nobody else', () =>
    expect(recipientsOf({ ...told, recipients: [] })).toEqual([
      { memberId: null, name: null, email: 'office@partner.example', language: 'es', isExtra: false },
    ]));

  it('is nobody when there is no fallback address either', () =>
    expect(recipientsOf({ ...told, recipients: [], fallbackEmail: null })).toEqual([]));
});

it.each([
  ['an extra address that is there no more', extra, [], true],
  ['one that is there, however it is written', extra, [{ ...site, email: 'SITE@customer.example' }], false],
  ['a member', member(ana), [], false],
] as const)('of what was planned, this is removed: %s', (_, recipient, held, removed) =>
  expect(isRemoved(recipient, [...held])).toBe(removed),
);
