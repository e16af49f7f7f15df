import { dispatchWithout, requestWithout } from './emails.js';
import { pseudonymOf } from './pseudonym.js';
import { Replacement, type Person } from './replace.js';

const memberId = '01990000-0000-7000-8000-0000000000aa';
const { name, email } = pseudonymOf(memberId);
function aPerson(change: Partial<Person> = {}): Replacement {
  return new Replacement({
    memberId,
    names: ['Ana Gil', 'Ana Gil Soto'],
    sharedNames: [],
    addresses: ['ana@partner.example', 'A.Gil@old.example'],
    sharedAddresses: [],
    subject: 'ana',
    pseudonym: pseudonymOf(memberId),
    ...change,
  });
}
const anywhere = { isTheirs: false };
const theirs = { isTheirs: true };

describe('an address', () => {
  it.each([
    ['ana@partner.example', email],
    ['ANA@Partner.example', email],
    ['Ana Gil <ana@partner.example>', `Ana Gil <${email}>`],
    ['550 5.1.1 <ana@partner.example>: unknown.', `550 5.1.1 <${email}>: unknown.`],
    ['Nobody has ana@partner.example.', `Nobody has ${email}.`],
    ['a.gil@old.example (en), b@x.example (es)', `forgotten-${memberId}-2@forgotten.invalid (en), b@x.example (es)`],
    // Somebody else's.
    ['juana@partner.example', 'juana@partner.example'],
    ['x.ana@partner.example', 'x.ana@partner.example'],
    ['ana@partner.example.org', 'ana@partner.example.org'],
    ['ana@partner.examples', 'ana@partner.examples'],
  ])('is replaced as a whole, however it is written: %s', (text, replaced) => {
    expect(aPerson().address(text, anywhere)).toBe(replaced);
    expect(aPerson().address(replaced, anywhere)).toBe(replaced);
  });

  it('that another member shares is replaced only in records of the person alone', () => {
    const shared = aPerson({ sharedAddresses: ['ana@partner.example'] });
    expect(shared.address('ana@partner.example', anywhere)).toBe('ana@partner.example');
    expect(shared.address('ana@partner.example', theirs)).toBe(email);
  });
});

describe('a name', () => {
  it.each([
    ['Hello Ana Gil,', `Hello ${name},`],
    ['was approved by ANA GIL SOTO.', `was approved by ${name}.`],
    ['Susana Gil', 'Susana Gil'],
    ['Ana Gilabert', 'Ana Gilabert'],
  ])('is replaced as a whole, the longer one first: %s', (text, replaced) =>
    expect(aPerson().nameAndAddress(text, anywhere)).toBe(replaced),
  );

  it('stays in texts of the same name that are not the person', () =>
    expect(
      aPerson().nameAndAddress('Ana Gil has applied for “Finca Ana Gil”.', anywhere, ['Finca Ana Gil', 'Other']),
    ).toBe(`${name} has applied for “Finca Ana Gil”.`));

  it('that another member shares is replaced only in records of the person alone', () => {
    const shared = aPerson({ sharedNames: ['Ana Gil'] });
    expect(shared.nameAndAddress('by Ana Gil', anywhere)).toBe('by Ana Gil');
    expect(shared.nameAndAddress('Hello Ana Gil,', theirs)).toBe(`Hello ${name},`);
  });
});

it('in JSON the pseudonym replaces the name beside a member’s id, and texts that people wrote stay', () => {
  const other = { memberId: 'x', name: 'Ana Gil', email: 'x@partner.example' };
  expect(
    aPerson().members({
      before: { memberId, name: 'Whatever it was', email: 'whatever@it.was', roles: ['super_admin'] },
      after: other,
      current: { applicant: { memberId, name: 'Ana Gil' }, customerName: 'ana@partner.example', version: 2, at: null },
      reason: 'ana@partner.example wished so',
      extraAddresses: 'ana@partner.example (en)',
    }),
  ).toEqual({
    before: { memberId, name, email, roles: ['super_admin'] },
    after: other,
    current: { applicant: { memberId, name }, customerName: 'ana@partner.example', version: 2, at: null },
    reason: 'ana@partner.example wished so',
    extraAddresses: `${email} (en)`,
  });
});

describe('the e-mails of a dispatch', () => {
  const line = (to: string, ...texts: string[]) =>
    JSON.stringify({
      from: 'Tenure <t@x.example>',
      to: [to],
      tags: [{ name: 'key', value: 'k' }],
      texts: { ...texts },
    });
  const none = { isTheirs: false, isAboutThem: false, kept: [null] };

  it('say the pseudonym if they are to the person or about what they did, and are otherwise unchanged', () => {
    const before = [
      line('ana@partner.example', 'Hello Ana Gil,', 'About “Ana Gil”'),
      line('ben@partner.example', 'Hello Ben,', 'Ana Gil has applied.'),
      line('eva@partner.example', 'Hello Ana Gil,', 'Another Ana Gil, at ana@partner.example'),
    ];
    expect(
      dispatchWithout(
        before.join('\n'),
        [
          { ...none, position: 0, isTheirs: true, kept: ['“Ana Gil”'] },
          { ...none, position: 1, isAboutThem: true },
          { ...none, position: 2 },
        ],
        aPerson(),
      ).split('\n'),
    ).toEqual([
      line(email, `Hello ${name},`, 'About “Ana Gil”'),
      line('ben@partner.example', 'Hello Ben,', `${name} has applied.`),
      line('eva@partner.example', 'Hello Ana Gil,', `Another Ana Gil, at ${email}`),
    ]);
  });

  it('stay unchanged if a later version stored them in another form', () =>
    expect(dispatchWithout('ana@partner.example', [], aPerson())).toBe('ana@partner.example'));

  it('are replaced even if an earlier version stored them whole, in HTML', () => {
    const sean = aPerson({ names: ["Sean O'Neil"], addresses: ["o'neil@partner.example"] });
    const stored = {
      to: ["o'neil@partner.example"],
      subject: 'S',
      html: '<p>Sean O&#x27;Neil</p>',
      text: "Sean O'Neil",
    };
    expect(JSON.parse(requestWithout(JSON.stringify(stored), { ...none, position: 0, isTheirs: true }, sean))).toEqual({
      ...{ to: [email], subject: 'S', html: `<p>${name}</p>`, text: name },
    });
  });
});
