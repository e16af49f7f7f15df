import { countedByStatus, momentSigns, timelineMarks, troubledDeliveries, type TermMoment } from './term-timeline.js';

const at = (kind: string, instant: string): TermMoment => ({
  key: kind,
  kind,
  at: instant,
  status: 'planned',
  reason: null,
});

describe('the marks of a term', () => {
  const moments = [
    at('P7D', '2027-11-17T08:00:00.000Z'),
    at('P1M', '2027-10-24T07:00:00.000Z'),
    at('expired', '2027-11-24T23:00:00.000Z'),
  ];
  const kinds = (now: string) =>
    timelineMarks(moments, now).map((mark) => (mark.kind === 'today' ? 'today' : mark.moment.kind));

  it('are in chronological order, with today among them', () =>
    expect(kinds('2027-11-01T00:00:00.000Z')).toEqual(['P1M', 'today', 'P7D', 'expired']));
  it('have today first before anything was due, and last when all is over', () => {
    expect(kinds('2026-11-24T10:00:00.000Z')[0]).toBe('today');
    expect(kinds('2028-01-01T00:00:00.000Z').at(-1)).toBe('today');
  });
  it('put a moment due right now before today, and keep the order of two at one instant', () => {
    expect(kinds('2027-11-17T08:00:00.000Z')).toEqual(['P1M', 'P7D', 'today', 'expired']);
    const now = '2027-11-17T08:00:00.000Z';
    const marks = timelineMarks([at('P7D', now), at('P1W', now)], now);
    expect(marks.map((mark) => (mark.kind === 'today' ? 'today' : mark.moment.kind))).toEqual(['P7D', 'P1W', 'today']);
  });
});

it('a moment names the recipients whom it has not reached, or may not have reached', () => {
  const statuses = [
    'planned',
    'sent',
    'delivered',
    'skipped',
    'delayed',
    'bounced',
    'complained',
    'suppressed',
  ] as const;
  const deliveries = [...statuses, 'failed' as const, 'unknown' as const].map((status) => ({
    email: `${status}@a.example`,
    status,
  }));
  const moment = { key: 'k', kind: 'P7D', at: '2027-11-17T08:00:00Z', reason: null, status: 'sent' as const };
  expect(troubledDeliveries({ ...moment, deliveries }).map(({ status }) => status)).toEqual([
    ...['delayed', 'bounced', 'complained', 'suppressed', 'failed', 'unknown'],
  ]);
  expect(troubledDeliveries(moment)).toEqual([]);
});

it('recipients are counted by what became of their e-mails where there are more than three', () => {
  const troubled = (...statuses: string[]) => countedByStatus(statuses.map((status) => ({ status })));
  expect(troubled('bounced', 'delayed', 'bounced', 'bounced')).toEqual([
    { status: 'bounced', count: 3 },
    { status: 'delayed', count: 1 },
  ]);
  expect(troubled('bounced', 'delayed', 'bounced')).toEqual([]);
});

it('each state of a moment has a sign of its own', () =>
  expect(momentSigns).toEqual({ sent: '●', planned: '○', skipped: '⊘', not_applicable: '–', failed: '✕' }));
