import type { ReportKind } from '@tenure/contracts';
import { mayArrive, standingAfter, type Report } from './delivery-history.js';

const kinds: ReportKind[] = ['sent', 'delayed', 'delivered', 'opened', 'clicked', 'bounced', 'complained'];
const report = (kind: ReportKind, over: Partial<Report> = {}): Report => ({
  kind,
  at: new Date(Date.UTC(2027, 10, 17, 8, kinds.indexOf(kind))),
  providerId: 'one',
  words: kind === 'bounced' ? 'No such mailbox' : null,
  permanent: kind === 'bounced',
  ...over,
});
const [early, late] = [new Date('2027-11-17T08:05:00Z'), new Date('2027-11-17T08:09:00Z')];
const after = (...reported: ReportKind[]) => standingAfter(reported.map((kind) => report(kind)))?.status;

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) =>
    permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
  );
}

describe('a delivery', () => {
  it('has no state without a report', () => expect(standingAfter([])).toBeNull());

  it.each<[ReportKind, string]>([
    ['sent', 'sent'],
    ['delayed', 'delayed'],
    ['delivered', 'delivered'],
    ['opened', 'delivered'],
    ['clicked', 'delivered'],
    ['bounced', 'bounced'],
    ['complained', 'complained'],
    ['failed', 'failed'],
    ['suppressed', 'suppressed'],
  ])('with the single report %s is %s', (kind, status) => expect(after(kind)).toBe(status));

  it.each<[ReportKind[], string]>([
    [['sent', 'delayed', 'delivered'], 'delivered'],
    [['sent', 'delayed', 'bounced'], 'bounced'],
    [['sent', 'delivered', 'opened', 'clicked'], 'delivered'],
    [['sent', 'delivered', 'bounced'], 'bounced'],
    [['sent', 'delivered', 'opened', 'complained'], 'complained'],
    [['sent', 'failed'], 'failed'],
    [['sent', 'suppressed'], 'suppressed'],
    [kinds, 'complained'],
  ])('after %j, in any order, is %s, with the same reason', (reported, status) => {
    const expected = standingAfter(reported.map((kind) => report(kind)));
    expect(expected?.status).toBe(status);
    const different = permutations(reported).filter(
      (order) => JSON.stringify(standingAfter(order.map((kind) => report(kind)))) !== JSON.stringify(expected),
    );
    expect(different).toEqual([]);
  });

  it.each<[ReportKind, ReportKind]>([
    ['sent', 'delayed'],
    ['delayed', 'failed'],
    ['failed', 'suppressed'],
    ['suppressed', 'delivered'],
    ['suppressed', 'opened'],
    ['suppressed', 'clicked'],
    ['delivered', 'bounced'],
    ['opened', 'bounced'],
    ['clicked', 'bounced'],
    ['bounced', 'complained'],
  ])('with the reports %s and %s follows the latter, whichever came first', (lighter, heavier) => {
    const { status } = standingAfter([report(heavier)])!;
    for (const [first, second] of [
      [early, late],
      [late, early],
    ] as const)
      expect(standingAfter([report(lighter, { at: first }), report(heavier, { at: second })])).toMatchObject({
        status,
        at: second,
      });
  });

  it('has the time of the first of several equivalent reports', () => {
    const reports = (['opened', 'clicked', 'delivered'] as const).map((kind, hour) =>
      report(kind, { at: new Date(Date.UTC(2027, 10, 17, 10 - hour)) }),
    );
    expect(standingAfter(reports)?.at).toEqual(new Date('2027-11-17T08:00:00Z'));
    expect(standingAfter(reports.slice(0, 2))?.at).toEqual(new Date('2027-11-17T09:00:00Z'));
  });

  it('always chooses the same of two simultaneous reasons, one without words first', () => {
    const at = new Date('2027-11-17T08:05:00Z');
    const [a, b, none] = ['A', 'B', null].map((words) => report('bounced', { at, words }));
    expect(
      [
        [a!, b!],
        [b!, a!],
        [b!, none!],
        [none!, a!],
      ].map((known) => standingAfter(known)?.reason),
    ).toEqual(['A', 'A', null, null]);
  });

  it('does not change with repeated reports', () =>
    expect(standingAfter([report('bounced'), report('sent'), report('bounced'), report('sent')])).toEqual(
      standingAfter([report('sent'), report('bounced')]),
    ));

  it("has the provider's words as its reason, and the time at which it first reached the state", () => {
    const [first, second] = [new Date('2027-11-17T08:05:00Z'), new Date('2027-11-17T08:09:00Z')];
    expect(
      standingAfter([report('bounced', { at: second, words: 'Later' }), report('bounced', { at: first })]),
    ).toEqual({ status: 'bounced', reason: 'No such mailbox', at: first, providerId: 'one' });
  });

  it('that was sent again has arrived if any of its e-mails did, and may arrive while one may', () => {
    const again = (kind: ReportKind) => report(kind, { providerId: 'two' });
    expect(standingAfter([report('bounced'), again('sent')])?.status).toBe('sent');
    expect(standingAfter([report('delivered'), again('bounced')])?.status).toBe('delivered');
    expect(standingAfter([report('delayed'), again('delivered')])?.status).toBe('delivered');
    expect(standingAfter([report('failed'), again('bounced')])?.status).toBe('bounced');
  });

  it.each<[ReportKind, ReportKind]>([
    ['failed', 'bounced'],
    ['failed', 'suppressed'],
    ['suppressed', 'bounced'],
    ['sent', 'delayed'],
    ['delivered', 'complained'],
  ])('that was sent again, with the equivalent reports %s and %s, follows the later one', (one, other) => {
    for (const [before, after] of [
      [one, other],
      [other, one],
    ] as const)
      expect(
        standingAfter([report(before, { at: early }), report(after, { at: late, providerId: 'two' })])?.status,
      ).toBe(standingAfter([report(after)])!.status);
  });

  it.each<[ReportKind, ReportKind]>([
    ['sent', 'bounced'],
    ['sent', 'suppressed'],
    ['sent', 'failed'],
    ['delivered', 'delayed'],
    ['complained', 'sent'],
  ])('that was sent again and has arrived, or may, stays so: %s rather than a later %s', (reached, lost) => {
    expect(standingAfter([report(reached, { at: early }), report(lost, { at: late, providerId: 'two' })])?.status).toBe(
      standingAfter([report(reached)])!.status,
    );
  });

  it('that Customer Success has confirmed has arrived, unless the provider reports otherwise', () => {
    const confirmed = { kind: 'confirmed', at: new Date('2027-11-18T10:00:00Z') } as const;
    expect(standingAfter([confirmed])).toEqual({
      status: 'delivered',
      reason: null,
      at: confirmed.at,
      providerId: null,
    });
    expect(standingAfter([confirmed, report('bounced')])?.status).toBe('bounced');
    expect(standingAfter([confirmed, report('bounced'), report('sent', { providerId: 'two' })])?.status).toBe('sent');
  });

  it('with one bounced e-mail has arrived when Customer Success has confirmed the next, which has no report', () => {
    const confirmed = { kind: 'confirmed', at: new Date('2027-11-18T10:00:00Z') } as const;
    const ofNext = report('bounced', { providerId: 'two' });
    expect(standingAfter([report('bounced'), confirmed])?.status).toBe('delivered');
    expect(standingAfter([report('bounced'), confirmed, report('delayed')])?.status).toBe('delivered');
    expect(standingAfter([report('bounced'), confirmed, ofNext])?.status).toBe('bounced');
    expect(standingAfter([confirmed, ofNext, confirmed])?.status).toBe('delivered');
  });

  it('may arrive unless it bounced, was suppressed, or failed', () =>
    expect(
      (['sent', 'delayed', 'delivered', 'complained', 'bounced', 'suppressed', 'failed'] as const).filter(mayArrive),
    ).toEqual(['sent', 'delayed', 'delivered', 'complained']));
});
