import { anApplication, aRenewal, aSubscription, someWords } from '../testing/words.js';
import { spanish } from './spanish.js';

/** What the approved letters in `samples/letters` do not show. */
const { letters } = spanish;

it('a reminder on the day before says so in Spanish', () => {
  const letter = letters.reminder(someWords({ subscription: aSubscription({ daysLeft: 1 }) }));
  expect([letter.subject, letter.paragraphs[0]]).toEqual([
    '«Solar Park» caduca mañana',
    'La cuenta «Solar Park» caduca mañana. Su último día es el 24 nov 2027.',
  ]);
});

it.each([
  ['rejected', 'ha sido rechazada por Customer Success.'],
  ['lapsed', 'se ha cerrado sin decisión: ha pasado el plazo.'],
  ['failed', 'se ha aprobado, pero no se ha podido llevar a cabo.'],
] as const)('after a renewal that was %s, a reminder says so in Spanish', (status, happened) =>
  expect(letters.reminder(someWords({ renewal: aRenewal({ status }) })).paragraphs.slice(1)).toEqual([
    `La renovación que Ana Ruiz solicitó el 2 nov 2027 ${happened}`,
    'Vuelve a solicitarla a más tardar el 24 nov 2027 y la cuenta seguirá funcionando sin perder ningún día.',
  ]),
);

it('the last reminder says in Spanish when the account stops if it does so at one o’clock', () => {
  const stops = { on: '2027-04-30', at: '01:00', timeZone: 'Africa/Cairo' };
  const subscription = aSubscription({ daysLeft: 0, isLastReminder: true, stops });
  expect(letters.reminder(someWords({ subscription })).paragraphs[1]).toMatch(
    /^La cuenta dejará de funcionar el 30 abr 2027 a la 1:00 \(Africa\/Cairo\)\./,
  );
});

it('an approval does not mention reminders in Spanish if none comes before the end of a new account', () =>
  expect(
    letters.application_approved(
      someWords({ application: anApplication(), subscription: aSubscription({ hasReminders: false }) }),
    ).paragraphs[1],
  ).toBe('La cuenta funciona del 24 nov 2026 al 24 nov 2027, inclusive.'));

it.each([
  ['change_datapoints', 'cambio de datapoints de «Solar Park»', 'La cuenta tiene ahora 1200 datapoints.'],
  ['change_license', 'cambio de licencia de «Solar Park»', 'La cuenta tiene ahora la licencia Profesional.'],
  [
    'renew_subscription',
    'renovación de «Solar Park»',
    'El nuevo periodo va del 24 nov 2026 al 24 nov 2027, inclusive.',
  ],
] as const)('an approval of %s says in Spanish what is in force now', (type, what, holds) => {
  const letter = letters.application_approved(someWords({ application: anApplication({ type }) }));
  expect([letter.subject, letter.paragraphs[1]]).toEqual([`Aprobada: ${what}`, holds]);
});

it.each(['application_rejected', 'application_withdrawn', 'application_lapsed', 'application_failed'] as const)(
  '%s of a renewal says in Spanish that the account stopped, once its last day is over',
  (kind) => {
    const application = anApplication({ type: 'renew_subscription' });
    const of = (daysLeft: number) =>
      letters[kind](someWords({ application, subscription: aSubscription({ daysLeft }) })).paragraphs.join(' ');
    expect(of(-1)).toContain(
      'La cuenta ya no funciona: su último día fue el 24 nov 2027. Puedes volver a solicitar la renovación en cualquier momento: la cuenta volverá a funcionar el día en que se apruebe.',
    );
    expect(of(0)).not.toContain('ya no funciona');
  },
);

it('whole millions are written with “de”', () => {
  const license = { en: 'Basic', es: 'Básica' };
  const application = anApplication({
    type: 'change_datapoints',
    before: { license, contracted: 1_000_000 },
    after: { license, contracted: 1_500_000 },
  });
  expect(letters.datapoints_changed(someWords({ application })).paragraphs[0]).toBe(
    'La cuenta «Solar Park» tiene ahora 1.500.000 datapoints en lugar de 1.000.000.',
  );
  expect(
    letters.application_approved(someWords({ application, subscription: aSubscription({ contracted: 2_000_000 }) }))
      .paragraphs[1],
  ).toBe('La cuenta tiene ahora 2.000.000 de datapoints.');
});
