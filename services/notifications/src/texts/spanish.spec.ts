import { anApplication, aRenewal, aSubscription, someWords } from '../testing/words.js';
import { spanish } from './spanish.js';

const { letters } = spanish;

describe('a reminder in Spanish', () => {
  it('says the true number of days left, the last day and the figures', () =>
    expect(letters.reminder(someWords())).toEqual({
      subject: '«Solar Park» caduca dentro de 30 días',
      paragraphs: [
        'La cuenta «Solar Park» caduca dentro de 30 días. Su último día es el 24 nov 2027.',
        'Renuévala a más tardar el 24 nov 2027 y la cuenta seguirá funcionando sin perder ningún día.',
      ],
      figures: [
        { label: 'Licencia', value: 'Profesional' },
        { label: 'Datapoints', value: '1200' },
        { label: 'Último día', value: '24 nov 2027' },
      ],
      action: 'Renovar la cuenta',
    }));

  it.each([
    [1, '«Solar Park» caduca mañana', 'La cuenta «Solar Park» caduca mañana. Su último día es el 24 nov 2027.'],
    [0, 'Hoy es el último día de «Solar Park»', 'Hoy es el último día de la cuenta «Solar Park»: 24 nov 2027.'],
  ])('with %s days left says so', (daysLeft, subject, sentence) => {
    const letter = letters.reminder(someWords({ subscription: aSubscription({ daysLeft }) }));
    expect([letter.subject, letter.paragraphs[0]]).toEqual([subject, sentence]);
  });

  it('with a pending renewal says who sent it and until when the account keeps working, and asks for nothing', () => {
    const subscription = aSubscription({ renewalPending: true, worksThrough: '2027-12-09' });
    const letter = letters.reminder(someWords({ subscription, renewal: aRenewal() }));
    expect(letter).toMatchObject({
      subject: '«Solar Park» caduca dentro de 30 días: su renovación está pendiente',
      action: 'Abrir la cuenta',
    });
    expect(letter.paragraphs.slice(1)).toEqual([
      'Ana Ruiz solicitó su renovación el 2 nov 2027 y Customer Success todavía no la ha decidido. No tienes que hacer nada. Hasta que se decida, la cuenta sigue funcionando, como máximo hasta el 9 dic 2027 inclusive.',
    ]);
  });

  it.each([
    ['rejected', 'Falta un pago.', ['ha sido rechazada por Customer Success.', 'Motivo: Falta un pago.']],
    ['lapsed', null, ['se ha cerrado sin decisión: ha pasado el plazo.']],
    ['failed', null, ['se ha aprobado, pero no se ha podido llevar a cabo.']],
  ] as const)('after a renewal that was %s says how it ended', (status, reason, [happened, ...why]) =>
    expect(letters.reminder(someWords({ renewal: aRenewal({ status, reason }) })).paragraphs.slice(1)).toEqual([
      `La renovación que Ana Ruiz solicitó el 2 nov 2027 ${happened}`,
      ...why,
      'Vuelve a solicitarla a más tardar el 24 nov 2027 y la cuenta seguirá funcionando sin perder ningún día.',
    ]),
  );

  it('that is the last one says what stops when, to the hour', () => {
    const subscription = aSubscription({ daysLeft: 0, isLastReminder: true });
    const ends =
      'A partir de entonces no se pueden asignar más datapoints a sus dispositivos y la cuenta solo se puede cambiar con una renovación; todo lo que contiene se conserva.';
    expect(letters.reminder(someWords({ subscription })).paragraphs[1]).toBe(
      `La cuenta dejará de funcionar el 25 nov 2027 a las 00:00 (Europe/Madrid). ${ends}`,
    );
    const pending = { ...subscription, renewalPending: true };
    expect(letters.reminder(someWords({ subscription: pending, renewal: aRenewal() })).paragraphs[2]).toBe(
      `Si para entonces no hay decisión, dejará de funcionar el 25 nov 2027 a las 00:00 (Europe/Madrid). ${ends}`,
    );
    const atOne = { ...subscription, stops: { on: '2027-04-30', at: '01:00', timeZone: 'Africa/Cairo' } };
    expect(letters.reminder(someWords({ subscription: atOne })).paragraphs[1]).toBe(
      `La cuenta dejará de funcionar el 30 abr 2027 a la 1:00 (Africa/Cairo). ${ends}`,
    );
  });
});

it('says in Spanish until when a pending renewal kept an account working past the last day', () =>
  expect(
    letters.subscription_expired(someWords({ subscription: aSubscription({ worksThrough: '2027-12-02' }) }))
      .paragraphs[0],
  ).toBe(
    'La cuenta «Solar Park» ha caducado. Su último día fue el 24 nov 2027, pero siguió funcionando hasta el 2 dic 2027, inclusive, mientras la renovación estaba pendiente.',
  ));

it('says in Spanish, for an expired account, why its renewal was rejected', () => {
  const renewal = aRenewal({ status: 'rejected', decidedByName: 'Carla Soler', reason: 'Falta el pago.' });
  expect(letters.subscription_expired(someWords({ renewal })).paragraphs.slice(1, 3)).toEqual([
    'La renovación que Ana Ruiz solicitó el 2 nov 2027 ha sido rechazada por Carla Soler.',
    'Motivo: Falta el pago.',
  ]);
});

it('does not mention reminders in Spanish if none comes before the end of a new account', () =>
  expect(
    letters.application_approved(
      someWords({ application: anApplication(), subscription: aSubscription({ hasReminders: false }) }),
    ).paragraphs[1],
  ).toBe('La cuenta funciona del 24 nov 2026 al 24 nov 2027, inclusive.'));

it('says in Spanish that an account expired, and how to get it back', () =>
  expect(letters.subscription_expired(someWords())).toMatchObject({
    subject: 'Caducada: «Solar Park»',
    paragraphs: [
      'La cuenta «Solar Park» ha caducado. Su último día fue el 24 nov 2027.',
      'Ya no se pueden asignar más datapoints a sus dispositivos; todo lo que contiene se conserva.',
      'Todavía puedes renovarla: la cuenta volverá a funcionar el día en que se apruebe la renovación.',
    ],
  }));

it('announces a renewal in Spanish with the new term, who applied and who approved', () =>
  expect(
    letters.subscription_renewed(
      someWords({
        application: anApplication({ type: 'renew_subscription' }),
        subscription: aSubscription({ firstDay: '2027-11-25', expiresOn: '2028-11-24' }),
      }),
    ),
  ).toMatchObject({
    subject: 'Renovada: «Solar Park»',
    paragraphs: [
      'La suscripción de la cuenta «Solar Park» se ha renovado.',
      'El nuevo periodo va del 25 nov 2027 al 24 nov 2028, inclusive.',
      'Ana Ruiz solicitó la renovación y Carla Soler la aprobó.',
    ],
  }));

describe('a change that was carried out, in Spanish', () => {
  const before = { license: { en: 'Basic', es: 'Básica' }, contracted: 500 };
  const after = { license: { en: 'Professional', es: 'Profesional' }, contracted: 1200 };
  const figures = [
    { label: 'Licencia', value: 'Básica → Profesional' },
    { label: 'Datapoints', value: '500 → 1200' },
    { label: 'Último día', value: '24 nov 2027' },
  ];

  it.each([
    [
      'datapoints_changed',
      'Datapoints cambiados: «Solar Park»',
      'La cuenta «Solar Park» tiene ahora 1200 datapoints en lugar de 500.',
    ],
    [
      'license_changed',
      'Licencia cambiada: «Solar Park»',
      'La cuenta «Solar Park» tiene ahora la licencia Profesional en lugar de Básica.',
    ],
  ] as const)('%s gives the previous and the current value, and by whom', (kind, subject, sentence) =>
    expect(letters[kind](someWords({ application: anApplication({ before, after }) }))).toEqual({
      subject,
      paragraphs: [
        sentence,
        'Lo solicitó Ana Ruiz y lo aprobó Carla Soler.',
        'El último día de la cuenta sigue siendo el 24 nov 2027.',
      ],
      figures,
      action: 'Abrir la cuenta',
    }),
  );
});

describe('an application in Spanish', () => {
  const application = anApplication({ reason: 'Falta el sector.', failure: 'Hay 480 en uso.' });
  const words = someWords({ application });

  it.each([
    [
      'application_submitted',
      'Recibida: cuenta nueva «Solar Park»',
      [
        'Tu solicitud de cuenta nueva «Solar Park», enviada el 23 nov 2026, ha llegado a Customer Success.',
        'Recibirás un correo cuando se decida. Hasta entonces puedes retirarla.',
      ],
    ],
    [
      'application_received',
      'Solicitud nueva: cuenta nueva «Solar Park» (Helios Energy)',
      [
        'Ana Ruiz, de Helios Energy, envió el 23 nov 2026 una solicitud de cuenta nueva «Solar Park».',
        'Está pendiente de decisión.',
      ],
    ],
    [
      'application_approved',
      'Aprobada: cuenta nueva «Solar Park»',
      [
        'Tu solicitud de cuenta nueva «Solar Park», enviada el 23 nov 2026, ha sido aprobada por Carla Soler.',
        'La cuenta funciona del 24 nov 2026 al 24 nov 2027, inclusive. Antes de que caduque se envían recordatorios.',
        'Nota: Falta el sector.',
      ],
    ],
    [
      'application_rejected',
      'Rechazada: cuenta nueva «Solar Park»',
      [
        'Tu solicitud de cuenta nueva «Solar Park», enviada el 23 nov 2026, ha sido rechazada por Carla Soler.',
        'Motivo: Falta el sector.',
        'No se ha cambiado nada. Puedes volver a solicitarlo en cualquier momento.',
      ],
    ],
    [
      'application_failed',
      'No se ha podido llevar a cabo: cuenta nueva «Solar Park»',
      [
        'Tu solicitud de cuenta nueva «Solar Park», enviada el 23 nov 2026, se ha aprobado, pero no se ha podido llevar a cabo.',
        'Qué ha fallado: Hay 480 en uso.',
        'Todo sigue como estaba. Puedes volver a solicitarlo. Si vuelve a fallar, escribe a Customer Success.',
      ],
    ],
    [
      'application_withdrawn',
      'Retirada: cuenta nueva «Solar Park»',
      [
        'Tu solicitud de cuenta nueva «Solar Park», enviada el 23 nov 2026, ha sido retirada por Ben Hart.',
        'Ya no se tomará ninguna decisión y no se ha cambiado nada.',
      ],
    ],
    [
      'application_lapsed',
      'Cerrada sin decisión: cuenta nueva «Solar Park»',
      [
        'Tu solicitud de cuenta nueva «Solar Park», enviada el 23 nov 2026, se ha cerrado sin decisión: ha pasado el plazo.',
        'No se ha cambiado nada. Puedes volver a solicitarlo en cualquier momento.',
      ],
    ],
    [
      'application_waiting',
      'Pendiente de decisión: cuenta nueva «Solar Park» (Helios Energy)',
      [
        'Ana Ruiz, de Helios Energy, envió el 23 nov 2026 una solicitud de cuenta nueva «Solar Park».',
        'Sigue pendiente de decisión.',
      ],
    ],
    [
      'application_escalated',
      'Pendiente desde hace demasiado: cuenta nueva «Solar Park» (Helios Energy)',
      [
        'Ana Ruiz, de Helios Energy, envió el 23 nov 2026 una solicitud de cuenta nueva «Solar Park».',
        'Nadie la ha decidido todavía, aunque se ha enviado un recordatorio al equipo.',
      ],
    ],
  ] as const)('%s says what happened, why, and what happens next', (kind, subject, paragraphs) =>
    expect(letters[kind](words)).toMatchObject({ subject, paragraphs }),
  );

  it.each([
    ['change_datapoints', 'cambio de datapoints de «Solar Park»', 'La cuenta tiene ahora 1200 datapoints.'],
    ['change_license', 'cambio de licencia de «Solar Park»', 'La cuenta tiene ahora la licencia Profesional.'],
    [
      'renew_subscription',
      'renovación de «Solar Park»',
      'El nuevo periodo va del 24 nov 2026 al 24 nov 2027, inclusive.',
    ],
  ] as const)('approved of %s says what is in force now', (type, what, holds) => {
    const letter = letters.application_approved(someWords({ application: anApplication({ type }) }));
    expect([letter.subject, letter.paragraphs[1]]).toEqual([`Aprobada: ${what}`, holds]);
  });

  it.each(['application_rejected', 'application_withdrawn', 'application_lapsed', 'application_failed'] as const)(
    '%s of a renewal says that the account stopped, once its last day is over',
    (kind) => {
      const application = anApplication({ type: 'renew_subscription' });
      const of = (daysLeft: number) => someWords({ application, subscription: aSubscription({ daysLeft }) });
      const stopped =
        'La cuenta ya no funciona: su último día fue el 24 nov 2027. Puedes volver a solicitar la renovación en cualquier momento: la cuenta volverá a funcionar el día en que se apruebe.';
      expect(letters[kind](of(-1)).paragraphs).toContainEqual(expect.stringContaining(stopped));
      expect(letters[kind](of(0)).paragraphs.join(' ')).not.toContain('ya no funciona');
    },
  );

  it('writes whole millions with “de”', () => {
    const application = anApplication({
      type: 'change_datapoints',
      before: { license: { en: 'Basic', es: 'Básica' }, contracted: 1_000_000 },
      after: { license: { en: 'Basic', es: 'Básica' }, contracted: 1_500_000 },
    });
    expect(letters.datapoints_changed(someWords({ application })).paragraphs[0]).toBe(
      'La cuenta «Solar Park» tiene ahora 1.500.000 datapoints en lugar de 1.000.000.',
    );
    expect(
      letters.application_approved(someWords({ application, subscription: aSubscription({ contracted: 2_000_000 }) }))
        .paragraphs[1],
    ).toBe('La cuenta tiene ahora 2.000.000 de datapoints.');
  });
});
