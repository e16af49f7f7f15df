import { accountId, aDelivery, aMoment, aNotice, applicationId } from '../testing/samples.js';
import { mergeTimeline, whatBecameOf } from './timeline.js';

const at = '2027-10-25T07:00:00.000Z';

describe('a timeline', () => {
  it('shows a moment without a notice as planned', () =>
    expect(mergeTimeline([aMoment('P1M', at)], [])).toEqual([
      {
        key: `${accountId}/1/P1M`,
        kind: 'P1M',
        termNumber: 1,
        applicationId: null,
        at,
        status: 'planned',
        reason: null,
        sentAt: null,
        deliveries: [],
      },
    ]));

  it('shows the outcome of a moment with a notice, and when its first delivery was sent', () => {
    const deliveries = [aDelivery('2027-10-25T07:00:05.000Z'), aDelivery('2027-10-25T07:00:02.000Z'), aDelivery(null)];
    const [moment] = mergeTimeline([aMoment('P1M', at)], [aNotice(`${accountId}/1/P1M`, at, { deliveries })]);
    expect(moment).toMatchObject({ status: 'sent', at, sentAt: '2027-10-25T07:00:02.000Z', deliveries });
  });

  it('shows when a reminder was due, even if a later policy would have sent it at another time', () =>
    expect(
      mergeTimeline([aMoment('P1M', '2027-10-25T22:00:00.000Z')], [aNotice(`${accountId}/1/P1M`, at)]),
    ).toMatchObject([{ status: 'sent', at }]));

  it('gives the reason for a skipped moment', () =>
    expect(
      mergeTimeline(
        [aMoment('P1M', at)],
        [aNotice(`${accountId}/1/P1M`, at, { status: 'skipped', reason: 'superseded', deliveries: [] })],
      ),
    ).toMatchObject([{ status: 'skipped', reason: 'superseded', sentAt: null }]));

  it('keeps the reason for a moment that was never planned', () =>
    expect(
      mergeTimeline([{ ...aMoment('P1M', at), status: 'not_applicable', reason: 'on_or_before_first_day' }], []),
    ).toMatchObject([{ status: 'not_applicable', reason: 'on_or_before_first_day' }]));

  it('includes the notices about applications, all sorted by time', () => {
    const approved = aNotice(`${applicationId}/application_approved`, '2026-11-25T09:00:00.000Z', {
      kind: 'application_approved',
      offset: null,
      termNumber: null,
      applicationId,
    });
    const moments = mergeTimeline([aMoment('P7D', '2027-11-18T08:00:00.000Z'), aMoment('P1M', at)], [approved]);
    expect(moments.map(({ kind, termNumber, applicationId: about }) => [kind, termNumber, about])).toEqual([
      ['application_approved', null, applicationId],
      ['P1M', 1, null],
      ['P7D', 1, null],
    ]);
  });

  it('still shows a reminder that was sent before a renewal dropped its moment', () =>
    expect(mergeTimeline([], [aNotice(`${accountId}/1/P1M`, at)])).toMatchObject([
      { kind: 'P1M', termNumber: 1, status: 'sent' },
    ]));

  it('sorts entries at the same time by key', () => {
    const moments = ['b', 'a', 'c'].map((key) => ({ ...aMoment('P1M', at), key }));
    expect(mergeTimeline(moments, []).map(({ key }) => key)).toEqual(['a', 'b', 'c']);
  });
});

it('the plan alone has the outcomes of its moments and no other notices', () => {
  const sent = aNotice(`${accountId}/1/P1M`, at);
  const other = aNotice(`${applicationId}/application_approved`, at, { kind: 'application_approved', offset: null });
  expect(
    whatBecameOf([aMoment('P1M', at), aMoment('P7D', '2027-11-18T08:00:00.000Z')], [other, sent]).map(
      ({ key, status }) => [key, status],
    ),
  ).toEqual([
    [`${accountId}/1/P1M`, 'sent'],
    [`${accountId}/1/P7D`, 'planned'],
  ]);
});
