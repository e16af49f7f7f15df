import { recipientsOf } from './recipients.js';

const ana = { memberId: 'a', name: 'Ana', email: 'ana@partner.example', language: 'es' as const };
const ben = { memberId: 'b', name: 'Ben', email: 'ben@partner.example', language: 'en' as const };
const told = {
  recipients: [ana, ben],
  fallbackEmail: 'office@partner.example',
  organization: { language: 'es' as const },
};

describe('who gets a delivery', () => {
  it('is each recipient, in the own language', () => expect(recipientsOf(told)).toEqual([ana, ben]));

  it('is one for an address that two members share, however it is written', () =>
    expect(recipientsOf({ ...told, recipients: [ana, { ...ben, email: 'ANA@partner.example' }] })).toEqual([ana]));

  it('is the fallback address in the language of the organization, when there is nobody else', () =>
    expect(recipientsOf({ ...told, recipients: [] })).toEqual([
      { memberId: null, name: null, email: 'office@partner.example', language: 'es' },
    ]));

  it('is nobody when there is no fallback address either', () =>
    expect(recipientsOf({ ...told, recipients: [], fallbackEmail: null })).toEqual([]));
});
