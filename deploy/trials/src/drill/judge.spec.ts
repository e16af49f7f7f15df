import type { Email } from '@tenure/local/mailbox/email';
import { judge, type Drill, type Subject } from './judge.js';

/** By the wall clock. */
const at = (time: string) => Date.parse(`2026-11-20T${time}Z`);
const until = at('10:10:00');
const reader = { email: 'sol@solar.example', language: 'en' } as const;

/**
 * Its last day is March 1 in Madrid. At 10:00 by the wall clock it is 23:59 there, on that day or, with `P7D`, a week
 * before.
 */
function aSubject(first: 'P7D' | 'P0D', changes: Partial<Subject> = {}): Subject {
  const firstMoment = Date.parse(first === 'P7D' ? '2027-02-22T22:59:00Z' : '2027-03-01T22:59:00Z');
  return {
    accountId: 'a',
    name: 'Faro',
    timeZone: 'Europe/Madrid',
    expiresOn: '2027-03-01',
    aheadSeconds: (firstMoment - at('10:00:00')) / 1000,
    since: at('09:59:00'),
    recorded: [],
    ...changes,
  };
}

interface Said {
  kind: 'P7D' | 'P0D' | 'expired';
  at: string;
  says: string;
  to?: string;
  key?: string;
}
function anEmail({ kind, at: time, says, to = reader.email, key = kind }: Said): Email {
  const text = `Faro: ${says}`;
  const tags = { account: 'a', key, kind: kind === 'expired' ? 'subscription_expired' : 'reminder', offset: kind };
  return {
    id: `${key} ${time}`,
    at: new Date(at(time)).toISOString(),
    from: 'accounts@platform.example',
    to: [to],
    cc: [],
    bcc: [],
    replyTo: [],
    subject: says,
    html: text,
    text,
    headers: {},
    tags: Object.entries(tags).map(([name, value]) => ({ name, value })),
    idempotencyKey: `${key} ${to}`,
  };
}

function found(changes: Partial<Drill>): string[] {
  const drill: Drill = {
    subjects: [aSubject('P7D')],
    readers: [reader],
    outages: [],
    emails: [],
    policy: { offsets: ['P7D', 'P0D'], localTime: '23:59' },
    until,
    requestsPerSecond: 5,
    ...changes,
  };
  return judge(drill)
    .filter((finding) => finding.found !== finding.expected)
    .map((finding) => finding.found);
}
const aWeek = 'in 7 days, on Mar 1, 2027';
const sixDays = 'in 6 days, on Mar 1, 2027';
const lastDay = 'Today is the last day, Mar 1, 2027';
const over = 'expired on Mar 1, 2027';
const outage = (from: string, to: string, server = 'workflows') => ({ server, from: at(from), to: at(to) });

describe('a reminder', () => {
  it.each<[what: string, Said[], string[]]>([
    ['in time, with the days left', [{ kind: 'P7D', at: '10:00:02', says: aWeek }], []],
    ['that is missing', [], ['sol@solar.example unknown without an e-mail']],
    ['before its time', [{ kind: 'P7D', at: '09:59:58', says: aWeek }], ['sol@solar.example too early, "in 7 days"']],
    ['too late', [{ kind: 'P7D', at: '10:00:16', says: aWeek }], ['sol@solar.example too late, "in 7 days"']],
    [
      'with another number of days',
      [{ kind: 'P7D', at: '10:00:02', says: sixDays }],
      ['sol@solar.example in time, without "in 7 days"'],
    ],
    [
      'that comes twice',
      [
        { kind: 'P7D', at: '10:00:02', says: aWeek },
        { kind: 'P7D', at: '10:00:09', says: aWeek },
      ],
      ['sol@solar.example in time, "in 7 days", 2 times', 'P7D to sol@solar.example'],
    ],
  ])('%s', (_, said, expected) => expect(found({ emails: said.map(anEmail) })).toEqual(expected));

  it('held up by an outage is late, with the days left at that time, after midnight has passed', () => {
    const outages = [outage('09:59:50', '10:01:10')];
    const late = (says: string) => found({ outages, emails: [anEmail({ kind: 'P7D', at: '10:01:12', says })] });
    expect(late(sixDays)).toEqual([]);
    expect(late(aWeek)).toEqual(['sol@solar.example late, without "in 6 days"']);
  });

  it('is much too late if it does not come soon after the process that was down is back', () =>
    expect(
      found({
        outages: [outage('09:59:50', '10:01:10')],
        emails: [anEmail({ kind: 'P7D', at: '10:03:00', says: sixDays })],
      }),
    ).toEqual(['sol@solar.example much too late, "in 6 days"']));

  it('waits for overlapping outages to end', () =>
    expect(
      found({
        outages: [outage('09:59:50', '10:00:20'), outage('10:00:10', '10:00:50')],
        emails: [anEmail({ kind: 'P7D', at: '10:00:52', says: aWeek })],
      }),
    ).toEqual([]));

  describe('that was being sent when the mailbox went down is retried under its key, at growing intervals,', () => {
    const come = (outages: Drill['outages'], time: string, says: string) =>
      found({ outages, emails: [anEmail({ kind: 'P7D', at: time, says })] });
    const down = outage('10:00:01', '10:00:40', 'mailbox');

    it('and is late, within the same time as after any other outage', () => {
      expect(come([down], '10:00:50', aWeek)).toEqual([]);
      expect(come([down], '10:02:11', sixDays)).toEqual(['sol@solar.example much too late, "in 6 days"']);
    });
    it('even if another outage had held it up before', () =>
      expect(
        come([outage('09:59:50', '10:00:10'), outage('10:00:20', '10:01:00', 'mailbox')], '10:02:20', sixDays),
      ).toEqual([]));
    it('but not because of another process, nor if it should have arrived before', () => {
      const late = ['sol@solar.example too late, "in 7 days"'];
      expect(come([outage('10:00:01', '10:00:40')], '10:00:50', aWeek)).toEqual(late);
      expect(come([outage('10:00:16', '10:00:40', 'mailbox')], '10:00:50', aWeek)).toEqual(late);
    });
  });

  it('is judged for each recipient', () =>
    expect(
      found({
        readers: [reader, { email: 'luz@solar.example', language: 'es' }],
        emails: [
          anEmail({ kind: 'P7D', at: '10:00:02', says: aWeek }),
          anEmail({ kind: 'P7D', at: '10:00:02', says: aWeek, to: 'luz@solar.example' }),
        ],
      }),
    ).toEqual([
      'sol@solar.example in time, "in 7 days"; luz@solar.example in time, without "1 mar 2027", "dentro de 7 días"',
    ]));

  it('is not judged if it was due before the account was left to itself', () =>
    expect(found({ subjects: [aSubject('P7D', { since: at('10:00:01') })] })).toEqual([]));
});

describe('the last day', () => {
  const last = { kind: 'P0D', at: '10:00:02', says: lastDay } as const;
  const told = { kind: 'expired', at: '10:01:03', says: over } as const;
  const subjects = [aSubject('P0D')];
  const skipped = [aSubject('P0D', { recorded: [{ kind: 'P0D', status: 'skipped', reason: 'expired' }] })];
  const outages = [outage('09:59:50', '10:01:10')];

  it('has its reminder, and a minute later the notice of the expiry', () =>
    expect(found({ subjects, emails: [anEmail(last), anEmail(told)] })).toEqual([]));

  it('has no reminder from the expiry on, which is on record; the notice of the expiry is late', () => {
    const late = anEmail({ ...told, at: '10:01:14' });
    expect(found({ subjects: skipped, outages, emails: [late] })).toEqual([]);
    expect(found({ subjects, outages, emails: [late] })).toEqual(['undefined, undefined, 0 e-mails']);
    const reminded = anEmail({ ...last, at: '10:01:12' });
    expect(found({ subjects: skipped, outages, emails: [reminded, late] })).toEqual(['skipped, expired, 1 e-mail']);
  });

  it('has no reminder after the expiry, even if nothing was down', () =>
    expect(found({ subjects, emails: [anEmail({ ...last, at: '10:01:02' }), anEmail(told)] })).toEqual([
      'sol@solar.example after the expiry, "Today is the last day"',
    ]));
});

describe("an outage of days on the account's clock", () => {
  const outages = [outage('09:59:50', '10:01:10')];
  const last = anEmail({ kind: 'P0D', at: '10:01:12', says: lastDay });
  const week = aSubject('P7D');
  /** At 10:00:30 by the wall clock it is 23:59 on its last day. */
  const aWeekOn = {
    ...week,
    leap: { at: at('10:00:30'), aheadSeconds: (Date.parse('2027-03-01T22:59:00Z') - at('10:00:30')) / 1000 },
  };
  const superseded = { kind: 'P7D', status: 'skipped', reason: 'superseded' };
  const upTo = at('10:01:20');

  it('leaves only the later reminder, with the days left at that time, and the reason on record', () => {
    const subjects = [{ ...aWeekOn, recorded: [superseded] }];
    expect(found({ subjects, outages, emails: [last], until: upTo })).toEqual([]);
    expect(found({ subjects: [aWeekOn], outages, emails: [last], until: upTo })).toEqual([
      'undefined, undefined, 0 e-mails',
    ]);
    const first = anEmail({ kind: 'P7D', at: '10:01:12', says: lastDay });
    expect(found({ subjects, outages, emails: [first, last], until: upTo })).toEqual(['skipped, superseded, 1 e-mail']);
  });

  it('leaves no notice at all more than a week after the expiry', () => {
    const ended = [
      { kind: 'P0D', status: 'skipped', reason: 'expired' },
      { kind: 'expired', status: 'skipped', reason: 'stale' },
    ];
    /** At 10:00:30 the account's clock shows the given instant. */
    const over = (expiredFor: string, recorded: typeof ended) => ({
      ...aSubject('P0D', { recorded }),
      leap: { at: at('10:00:30'), aheadSeconds: (Date.parse(expiredFor) - at('10:00:30')) / 1000 },
    });
    expect(found({ subjects: [over('2027-03-09T23:00:00Z', ended)], outages })).toEqual([]);
    const told = anEmail({ kind: 'expired', at: '10:01:12', says: 'expired on Mar 1, 2027' });
    expect(found({ subjects: [over('2027-03-09T23:00:00Z', ended)], outages, emails: [told] })).toEqual([
      'skipped, stale, 1 e-mail',
    ]);
    expect(found({ subjects: [over('2027-03-07T23:00:00Z', ended.slice(0, 1))], outages, emails: [told] })).toEqual([]);
  });
});

describe('a renewal during an outage', () => {
  const outages = [outage('09:59:50', '10:01:10')];
  const renewed = (time: string, ...recorded: [kind: string, status: string][]) => [
    aSubject('P0D', {
      renewedAt: at(time),
      recorded: recorded.map(([kind, status]) => ({ kind, status, reason: 'renewed' })),
    }),
  ];
  const reminded = [anEmail({ kind: 'P0D', at: '10:00:59', says: lastDay })];

  it('prevents a waiting reminder and the expiry', () => {
    const subjects = renewed('10:00:30', ['P0D', 'skipped'], ['expired', 'not_applicable']);
    expect(found({ subjects, outages })).toEqual([]);
    expect(found({ subjects, outages, emails: reminded })).toEqual(['skipped, renewed, 1 e-mail']);
  });

  it('removes a reminder that was not due yet', () => {
    const subjects = renewed('09:59:55', ['P0D', 'not_applicable'], ['expired', 'not_applicable']);
    expect(found({ subjects, outages })).toEqual([]);
    expect(found({ subjects, outages, emails: reminded })).toEqual(['not_applicable, renewed, 1 e-mail']);
  });

  it('changes nothing if it comes after the reminder could be sent', () => {
    const subjects = renewed('10:00:40', ['P0D', 'sent'], ['expired', 'not_applicable']);
    expect(found({ subjects, emails: [anEmail({ kind: 'P0D', at: '10:00:02', says: lastDay })] })).toEqual([]);
  });
});

it('a burst above the rate is detected; one request may contain many e-mails', () => {
  const many = (keys: (index: number) => string) =>
    Array.from({ length: 7 }, (_, index) => ({
      ...anEmail({ kind: 'P7D', at: '10:00:02', says: aWeek, to: `${index}@solar.example`, key: `${index}` }),
      idempotencyKey: keys(index),
    }));
  expect(found({ subjects: [], emails: many(String) })).toEqual(['7, above the rate of 5']);
  expect(found({ subjects: [], emails: many(() => 'batch') })).toEqual([]);
});
