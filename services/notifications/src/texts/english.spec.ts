import { anApplication, aRenewal, aSubscription, someWords } from '../testing/words.js';
import { english } from './english.js';

const { letters } = english;

describe('a reminder', () => {
  it('says the true number of days left, the last day and the figures', () =>
    expect(letters.reminder(someWords())).toEqual({
      subject: '“Solar Park” expires in 30 days',
      paragraphs: [
        'The account “Solar Park” expires in 30 days. Its last day is Nov 24, 2027.',
        'Renew it by Nov 24, 2027, and the account keeps working without losing a day.',
      ],
      figures: [
        { label: 'License', value: 'Professional' },
        { label: 'Datapoints', value: '1,200' },
        { label: 'Last day', value: 'Nov 24, 2027' },
      ],
      action: 'Renew the account',
    }));

  it.each([
    [1, '“Solar Park” expires tomorrow', 'The account “Solar Park” expires tomorrow. Its last day is Nov 24, 2027.'],
    [0, 'Today is the last day of “Solar Park”', 'Today is the last day of the account “Solar Park”: Nov 24, 2027.'],
  ])('with %s days left says so', (daysLeft, subject, sentence) => {
    const letter = letters.reminder(someWords({ subscription: aSubscription({ daysLeft }) }));
    expect([letter.subject, letter.paragraphs[0]]).toEqual([subject, sentence]);
  });

  const stops = 'Nov 25, 2027 at 00:00 (Europe/Madrid)';
  const ends =
    'From then on, no more datapoints can be allocated to its devices, and the account can only be changed by a renewal; everything in it is kept.';

  it('with a pending renewal says who sent it and until when the account keeps working, and asks for nothing', () => {
    const subscription = aSubscription({ renewalPending: true, worksThrough: '2027-12-09' });
    const letter = letters.reminder(someWords({ subscription, renewal: aRenewal() }));
    expect(letter).toMatchObject({
      subject: '“Solar Park” expires in 30 days: its renewal is pending',
      paragraphs: [
        'The account “Solar Park” expires in 30 days. Its last day is Nov 24, 2027.',
        'Ana Ruiz applied for its renewal on Nov 2, 2027, and Customer Success has not decided yet. You do not need to do anything. Until it is decided, the account keeps working, through Dec 9, 2027 at the latest.',
      ],
      action: 'Open the account',
    });
    const unknown = letters.reminder(someWords({ subscription }));
    expect(unknown.paragraphs[1]).toMatch(/^A renewal is waiting for a decision by Customer Success\./);
  });

  it.each([
    [
      aRenewal({ status: 'rejected', decidedByName: 'Carla Soler', reason: 'The invoice of May is open.' }),
      [
        'The renewal that Ana Ruiz applied for on Nov 2, 2027 was rejected by Carla Soler.',
        'Reason: The invoice of May is open.',
        'Apply again by Nov 24, 2027, and the account keeps working without losing a day.',
      ],
    ],
    [
      aRenewal({ status: 'lapsed' }),
      [
        'The renewal that Ana Ruiz applied for on Nov 2, 2027 has lapsed because it was not decided in time.',
        'Apply again by Nov 24, 2027, and the account keeps working without losing a day.',
      ],
    ],
    [
      aRenewal({ status: 'failed' }),
      [
        'The renewal that Ana Ruiz applied for on Nov 2, 2027 was approved but could not be carried out.',
        'Apply again by Nov 24, 2027, and the account keeps working without losing a day.',
      ],
    ],
    [
      aRenewal({ status: 'withdrawn' }),
      ['Renew it by Nov 24, 2027, and the account keeps working without losing a day.'],
    ],
    [
      aRenewal({ status: 'fulfilled' }),
      ['Renew it by Nov 24, 2027, and the account keeps working without losing a day.'],
    ],
  ])('after the renewal %j says how it ended', (renewal, paragraphs) =>
    expect(letters.reminder(someWords({ renewal })).paragraphs.slice(1)).toEqual(paragraphs),
  );

  it('that is the last one says what stops when, to the hour', () => {
    const subscription = aSubscription({ daysLeft: 0, isLastReminder: true });
    expect(letters.reminder(someWords({ subscription })).paragraphs).toEqual([
      'Today is the last day of the account “Solar Park”: Nov 24, 2027.',
      `The account stops working on ${stops}. ${ends}`,
      'Renew it by Nov 24, 2027, and the account keeps working without losing a day.',
    ]);
  });

  it('that is the last one, with a pending renewal, says when the account stops without a decision', () => {
    const subscription = aSubscription({
      daysLeft: 0,
      isLastReminder: true,
      renewalPending: true,
      worksThrough: '2027-12-09',
      stops: { on: '2027-12-10', at: '00:00', timeZone: 'Europe/Madrid' },
    });
    const letter = letters.reminder(someWords({ subscription, renewal: aRenewal() }));
    expect([letter.subject, letter.paragraphs[2]]).toEqual([
      'Today is the last day of “Solar Park”: its renewal is pending',
      `Without a decision by then, it stops working on Dec 10, 2027 at 00:00 (Europe/Madrid). ${ends}`,
    ]);
  });
});

describe('the notice that an account expired', () => {
  it('says the true last day and how to get the account back', () =>
    expect(letters.subscription_expired(someWords())).toMatchObject({
      subject: 'Expired: “Solar Park”',
      paragraphs: [
        'The account “Solar Park” has expired. Its last day was Nov 24, 2027.',
        'No more datapoints can be allocated to its devices; everything in it is kept.',
        'You can still renew it: the account works again from the day on which the renewal is approved.',
      ],
      action: 'Renew the account',
    }));

  it('says until when a pending renewal kept it working past the last day', () =>
    expect(
      letters.subscription_expired(someWords({ subscription: aSubscription({ worksThrough: '2027-12-02' }) })),
    ).toMatchObject({
      paragraphs: [
        'The account “Solar Park” has expired. Its last day was Nov 24, 2027, but it kept working through Dec 2, 2027 while its renewal was pending.',
        expect.any(String),
        expect.any(String),
      ],
      figures: expect.arrayContaining([{ label: 'Last day', value: 'Nov 24, 2027' }]),
    }));

  it.each([
    [
      aRenewal({ status: 'rejected', decidedByName: 'Carla Soler', reason: 'The invoice of May is open.' }),
      [
        'The renewal that Ana Ruiz applied for on Nov 2, 2027 was rejected by Carla Soler.',
        'Reason: The invoice of May is open.',
      ],
    ],
    [
      aRenewal({ status: 'lapsed' }),
      ['The renewal that Ana Ruiz applied for on Nov 2, 2027 has lapsed because it was not decided in time.'],
    ],
    [aRenewal({ status: 'withdrawn' }), []],
  ])('after the renewal %j says how it ended', (renewal, became) =>
    expect(letters.subscription_expired(someWords({ renewal })).paragraphs.slice(1, -1)).toEqual([
      ...became,
      'No more datapoints can be allocated to its devices; everything in it is kept.',
    ]),
  );

  it('says that a renewal is pending', () =>
    expect(
      letters.subscription_expired(someWords({ subscription: aSubscription({ renewalPending: true }) })).paragraphs[2],
    ).toBe('A renewal is waiting for a decision by Customer Success. Once it is approved, the account works again.'));
});

it('announces a renewal with the new term, who applied and who approved', () =>
  expect(
    letters.subscription_renewed(
      someWords({
        application: anApplication({ type: 'renew_subscription', reason: 'Thank you.' }),
        subscription: aSubscription({ firstDay: '2027-11-25', expiresOn: '2028-11-24' }),
      }),
    ),
  ).toMatchObject({
    subject: 'Renewed: “Solar Park”',
    paragraphs: [
      'The subscription of the account “Solar Park” was renewed.',
      'The new term runs from Nov 25, 2027 through Nov 24, 2028.',
      'Ana Ruiz applied for it, and Carla Soler approved it.',
      'Note: Thank you.',
    ],
  }));

describe('a change that was carried out', () => {
  const change = {
    before: { license: { en: 'Basic', es: 'Básica' }, contracted: 500 },
    after: { license: { en: 'Basic', es: 'Básica' }, contracted: 1200 },
  };

  it('of the datapoints gives both figures, who applied and who approved, and says that the dates stay', () =>
    expect(
      letters.datapoints_changed(
        someWords({ application: anApplication({ type: 'change_datapoints', reason: 'Enjoy.', ...change }) }),
      ),
    ).toEqual({
      subject: 'Datapoints changed: “Solar Park”',
      paragraphs: [
        'The account “Solar Park” now has 1,200 datapoints instead of 500.',
        'Ana Ruiz applied for it, and Carla Soler approved it.',
        'Note: Enjoy.',
        'The last day of the account is still Nov 24, 2027.',
      ],
      figures: [
        { label: 'License', value: 'Basic' },
        { label: 'Datapoints', value: '500 → 1,200' },
        { label: 'Last day', value: 'Nov 24, 2027' },
      ],
      action: 'Open the account',
    }));

  it('of the license names both licenses', () =>
    expect(
      letters.license_changed(
        someWords({
          application: anApplication({
            type: 'change_license',
            ...change,
            after: { license: { en: 'Professional', es: 'Profesional' }, contracted: 500 },
          }),
        }),
      ),
    ).toMatchObject({
      subject: 'License changed: “Solar Park”',
      figures: [
        { label: 'License', value: 'Basic → Professional' },
        { label: 'Datapoints', value: '500' },
        { label: 'Last day', value: 'Nov 24, 2027' },
      ],
    }));

  it('gives the current value if the previous one is unknown', () => {
    const application = anApplication({ type: 'change_datapoints', decidedByName: null });
    const letter = letters.datapoints_changed(someWords({ application }));
    expect([letter.paragraphs, letter.figures[1]?.value]).toEqual([
      [
        'The account “Solar Park” now has 1,200 datapoints.',
        'Ana Ruiz applied for it, and Customer Success approved it.',
        'The last day of the account is still Nov 24, 2027.',
      ],
      '1,200',
    ]);
  });
});

it('acknowledges an application, with the request and what happens next', () =>
  expect(letters.application_submitted(someWords({ application: anApplication(), subscription: null }))).toEqual({
    subject: 'Received: the new account “Solar Park”',
    paragraphs: [
      'Your application for the new account “Solar Park”, sent on Nov 23, 2026, has reached Customer Success.',
      'You will get an e-mail when it is decided. Until then, you can withdraw it.',
    ],
    figures: [
      { label: 'License', value: 'Professional' },
      { label: 'Datapoints', value: '1,200' },
      { label: 'Months', value: '12' },
    ],
    action: 'Open the application',
  }));

describe('an approval', () => {
  it('of a new account says how long it works', () =>
    expect(letters.application_approved(someWords({ application: anApplication() }))).toMatchObject({
      subject: 'Approved: the new account “Solar Park”',
      paragraphs: [
        'Your application for the new account “Solar Park”, sent on Nov 23, 2026, was approved by Carla Soler.',
        'The account works from Nov 24, 2026 through Nov 24, 2027. Reminders are sent before it expires.',
      ],
      action: 'Open the account',
    }));

  it('of a new account does not mention reminders if none comes before its end', () =>
    expect(
      letters.application_approved(
        someWords({ application: anApplication(), subscription: aSubscription({ hasReminders: false }) }),
      ).paragraphs[1],
    ).toBe('The account works from Nov 24, 2026 through Nov 24, 2027.'));

  it.each([
    [
      'change_datapoints',
      'Approved: a change of datapoints for “Solar Park”',
      'Your application for a change of datapoints for “Solar Park”, sent on Nov 23, 2026, was approved by Customer Success.',
      'The account now has 1,200 datapoints.',
    ],
    [
      'change_license',
      'Approved: a change of license for “Solar Park”',
      'Your application for a change of license for “Solar Park”, sent on Nov 23, 2026, was approved by Customer Success.',
      'The account now has the Professional license.',
    ],
    [
      'renew_subscription',
      'Approved: the renewal of “Solar Park”',
      'Your application for the renewal of “Solar Park”, sent on Nov 23, 2026, was approved by Customer Success.',
      'The new term runs from Nov 24, 2026 through Nov 24, 2027.',
    ],
  ] as const)('of %s says what is in force now', (type, subject, first, second) => {
    const application = anApplication({ type, decidedByName: null });
    const letter = letters.application_approved(someWords({ application }));
    expect([letter.subject, ...letter.paragraphs]).toEqual([subject, first, second]);
  });
});

describe('an application that came to nothing', () => {
  const application = anApplication({ reason: 'The sector is missing.', failure: '480 datapoints are in use.' });
  const words = someWords({ application, subscription: null });

  it.each([
    [
      'application_rejected',
      'Rejected: the new account “Solar Park”',
      [
        'Your application for the new account “Solar Park”, sent on Nov 23, 2026, was rejected by Carla Soler.',
        'Reason: The sector is missing.',
        'Nothing was changed. You can apply again at any time.',
      ],
    ],
    [
      'application_failed',
      'Could not be carried out: the new account “Solar Park”',
      [
        'Your application for the new account “Solar Park”, sent on Nov 23, 2026, was approved but could not be carried out.',
        'What went wrong: 480 datapoints are in use.',
        'Nothing was changed. You can apply again. If it fails again, please contact Customer Success.',
      ],
    ],
    [
      'application_withdrawn',
      'Withdrawn: the new account “Solar Park”',
      [
        'Your application for the new account “Solar Park”, sent on Nov 23, 2026, was withdrawn by Ben Hart.',
        'No decision will be made, and nothing was changed.',
      ],
    ],
    [
      'application_lapsed',
      'Lapsed: the new account “Solar Park”',
      [
        'Your application for the new account “Solar Park”, sent on Nov 23, 2026, has lapsed because it was not decided in time.',
        'Nothing was changed. You can apply again at any time.',
      ],
    ],
  ] as const)('%s says why, and what happens next', (kind, subject, paragraphs) =>
    expect(letters[kind](words)).toMatchObject({ subject, paragraphs, figures: [], action: 'Open the application' }),
  );

  const ofRenewal = (daysLeft: number) =>
    someWords({
      application: anApplication({ type: 'renew_subscription' }),
      subscription: aSubscription({ daysLeft, renewalPending: daysLeft < 0, worksThrough: '2027-12-09' }),
    });
  const stopped = 'The account no longer works: its last day was Nov 24, 2027.';
  const comesBack = 'You can apply again at any time: it works again from the day on which a renewal is approved.';

  it.each([
    ['application_rejected', [`${stopped} ${comesBack}`]],
    ['application_lapsed', [`${stopped} ${comesBack}`]],
    ['application_withdrawn', [`${stopped} ${comesBack}`]],
    ['application_failed', [`${stopped} ${comesBack} If it fails again, please contact Customer Success.`]],
  ] as const)('%s for a renewal says that the account stopped, once its last day is over', (kind, paragraphs) =>
    expect(letters[kind](ofRenewal(-1)).paragraphs.slice(1)).toEqual(paragraphs),
  );

  it.each(['application_rejected', 'application_lapsed', 'application_withdrawn', 'application_failed'] as const)(
    '%s for a renewal says that nothing was changed, until the last day is over',
    (kind) => expect(letters[kind](ofRenewal(0)).paragraphs).not.toContainEqual(expect.stringContaining('no longer')),
  );
});

describe('reviewers', () => {
  const words = someWords({ application: anApplication(), subscription: null });

  it('read that an application arrived, with the current values next to the requested ones', () =>
    expect(
      letters.application_received(
        someWords({
          application: anApplication({
            type: 'change_datapoints',
            license: null,
            months: null,
            before: { license: { en: 'Basic', es: 'Básica' }, contracted: 500 },
          }),
        }),
      ),
    ).toEqual({
      subject: 'New application: a change of datapoints for “Solar Park” (Helios Energy)',
      paragraphs: [
        'Ana Ruiz of Helios Energy applied for a change of datapoints for “Solar Park” on Nov 23, 2026.',
        'It is waiting for a decision.',
      ],
      figures: [{ label: 'Datapoints', value: '500 → 1,200' }],
      action: 'Decide the application',
    }));

  it('read who is waiting for what, since when', () =>
    expect(letters.application_waiting(words)).toEqual({
      subject: 'Waiting for a decision: the new account “Solar Park” (Helios Energy)',
      preview:
        'Ana Ruiz of Helios Energy applied for the new account “Solar Park” on Nov 23, 2026. It is still waiting for a decision.',
      paragraphs: [
        'Ana Ruiz of Helios Energy applied for the new account “Solar Park” on Nov 23, 2026.',
        'It is still waiting for a decision.',
      ],
      figures: [
        { label: 'License', value: 'Professional' },
        { label: 'Datapoints', value: '1,200' },
        { label: 'Months', value: '12' },
      ],
      action: 'Decide the application',
    }));

  it('who read that nobody could be reached can open what was sent, or its subject if there is no account', () =>
    expect([someWords(), words].map((about) => letters.recipients_unreachable(about).action)).toEqual([
      'See what was sent',
      'Open the application',
    ]));

  it('are notified as leads when it takes too long', () =>
    expect(letters.application_escalated(words)).toMatchObject({
      subject: 'Waiting too long: the new account “Solar Park” (Helios Energy)',
      paragraphs: [
        'Ana Ruiz of Helios Energy applied for the new account “Solar Park” on Nov 23, 2026.',
        'Nobody has decided it yet, although the reviewers were reminded.',
      ],
    }));
});
