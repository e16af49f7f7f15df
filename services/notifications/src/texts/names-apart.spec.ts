import { anApplication, someWords } from '../testing/words.js';
import { apart, withNamesApart } from './names-apart.js';

const [hotel, partners, marked] = ['فندق 2', 'שותפים', '\u2068פלוני\u2069'];

describe('a right-to-left name is isolated from its sentence', () => {
  it.each([hotel, partners, 'Hotel שלום (3)', '𞤀𞤣𞤤𞤢𞤥'])('%s', (name) =>
    expect(apart(name)).toBe(`\u2068${name}\u2069`),
  );

  it.each(['Hotel Sol', 'Ünï, «cödé» 2', '北京酒店', 'Отель', '👩‍🚒'])('and no other: %s', (name) =>
    expect(apart(name)).toBe(name),
  );

  it.each([
    ['Solar\u202E kraP', 'Solar kraP'],
    ['\u2067Solar\u2069\u202D Park', 'Solar Park'],
    [`\u2069\u202E${hotel}`, `\u2068${hotel}\u2069`],
  ])('and control characters that would reorder the rest of the sentence are removed: %j', (name, shown) =>
    expect(apart(name)).toBe(shown),
  );

  it('whoever the name belongs to', () => {
    const words = someWords({
      accountName: hotel,
      organizationName: partners,
      application: anApplication({ applicantName: 'פלוני', decidedByName: 'פלוני', withdrawnByName: null }),
      renewal: {
        status: 'rejected',
        submittedOn: '2027-11-02',
        applicantName: 'פלוני',
        decidedByName: 'פלוני',
        reason: 'כן',
      },
    });
    expect(withNamesApart(words)).toMatchObject({
      accountName: `\u2068${hotel}\u2069`,
      organizationName: `\u2068${partners}\u2069`,
      application: { applicantName: marked, decidedByName: marked, withdrawnByName: null },
      // A text that a person wrote is a paragraph of its own.
      renewal: { applicantName: marked, decidedByName: marked, reason: 'כן' },
    });
  });
});
