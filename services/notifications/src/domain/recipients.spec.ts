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

describe('the recipients of a notice', () => {
  it('are all members who get it, each in their own language', () =>
    expect(recipientsOf(told)).toEqual([member(ana), member(ben)]));

  it('include each extra address, in its own language', () =>
    expect(recipientsOf({ ...told, extraAddresses: [site] })).toEqual([member(ana), member(ben), extra]));

  it('include a shared address once, in any spelling: the first one, and a member before an extra address', () =>
    expect(
      recipientsOf({
        ...told,
        recipients: [ana, { ...ben, email: ' ANA@partner.example ' }],
        extraAddresses: [site, { ...site, email: 'Ana@partner.example' }],
      }),
    ).toEqual([member(ana), extra]));

  it('do not include the fallback address as well', () =>
    expect(recipientsOf({ ...told, recipients: [ana] })).toEqual([member(ana)]));

  it("are the fallback address, in the organization's language, when there is nobody else", () =>
    expect(recipientsOf({ ...told, recipients: [] })).toEqual([
      { memberId: null, name: null, email: 'office@partner.example', language: 'es', isExtra: false },
    ]));

  it('are empty when there is no fallback address either', () =>
    expect(recipientsOf({ ...told, recipients: [], fallbackEmail: null })).toEqual([]));
});

it.each([
  ['an extra address that was removed', extra, [], true],
  ['one that still exists, in another spelling', extra, [{ ...site, email: 'SITE@customer.example' }], false],
  ['a member', member(ana), [], false],
] as const)(
  'a planned recipient counts as removed only if it is an extra address that no longer exists: %s',
  (_, recipient, held, removed) => expect(isRemoved(recipient, [...held])).toBe(removed),
);
