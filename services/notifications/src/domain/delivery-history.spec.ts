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
const after = (...reported: ReportKind[]) => standingAfter(reported.map((kind) => report(kind)))?.status;

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) =>
    permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
  );
}

describe('a delivery', () => {
  it('is not judged without a report', () => expect(standingAfter([])).toBeNull());

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
  ])('that was only reported %s is %s', (kind, status) => expect(after(kind)).toBe(status));

  it.each<[ReportKind[], string]>([
    [['sent', 'delayed', 'delivered'], 'delivered'],
    [['sent', 'delayed', 'bounced'], 'bounced'],
    [['sent', 'delivered', 'opened', 'clicked'], 'delivered'],
    [['sent', 'delivered', 'bounced'], 'bounced'],
    [['sent', 'delivered', 'opened', 'complained'], 'complained'],
    [['sent', 'failed'], 'failed'],
    [['sent', 'suppressed'], 'suppressed'],
    [kinds, 'complained'],
  ])('after %j, in every order, is %s, and for the same reason', (reported, status) => {
    const expected = standingAfter(reported.map((kind) => report(kind)));
    expect(expected?.status).toBe(status);
    const different = permutations(reported).filter(
      (order) => JSON.stringify(standingAfter(order.map((kind) => report(kind)))) !== JSON.stringify(expected),
    );
    expect(different).toEqual([]);
  });

  it('is the same however often it is reported', () =>
    expect(standingAfter([report('bounced'), report('sent'), report('bounced'), report('sent')])).toEqual(
      standingAfter([report('sent'), report('bounced')]),
    ));

  it("has the provider's words for a reason, and the time at which it first came so far", () => {
    const [first, second] = [new Date('2027-11-17T08:05:00Z'), new Date('2027-11-17T08:09:00Z')];
    expect(
      standingAfter([report('bounced', { at: second, words: 'Later' }), report('bounced', { at: first })]),
    ).toEqual({ status: 'bounced', reason: 'No such mailbox', at: first, providerId: 'one' });
  });

  it('that was sent again has arrived with whichever e-mail did, and may arrive while one may', () => {
    const again = (kind: ReportKind) => report(kind, { providerId: 'two' });
    expect(standingAfter([report('bounced'), again('sent')])?.status).toBe('sent');
    expect(standingAfter([report('delivered'), again('bounced')])?.status).toBe('delivered');
    expect(standingAfter([report('delayed'), again('delivered')])?.status).toBe('delivered');
    expect(standingAfter([report('failed'), again('bounced')])?.status).toBe('bounced');
  });

  it('that Customer Success has confirmed has arrived, unless the provider says what else became of it', () => {
    const confirmed = { kind: 'confirmed', at: new Date('2027-11-18T10:00:00Z') } as const;
    expect(standingAfter([confirmed])).toEqual({
      status: 'delivered',
      reason: null,
      at: confirmed.at,
      providerId: null,
    });
    expect(standingAfter([confirmed, report('bounced')])?.status).toBe('bounced');
    expect(standingAfter([report('sent'), confirmed])?.status).toBe('sent');
  });

  it('may arrive unless it came back, was never handed on, or failed', () =>
    expect(
      (['sent', 'delayed', 'delivered', 'complained', 'bounced', 'suppressed', 'failed'] as const).filter(mayArrive),
    ).toEqual(['sent', 'delayed', 'delivered', 'complained']));
});
