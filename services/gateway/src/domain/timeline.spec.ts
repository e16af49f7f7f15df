import { accountId, aDelivery, aMoment, aNotice, applicationId } from '../testing/samples.js';
import { mergeTimeline, whatBecameOf } from './timeline.js';

const at = '2027-10-25T07:00:00.000Z';

describe('a timeline', () => {
  it('shows a moment without a notice as it is planned', () =>
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

  it('shows of a moment with a notice what became of it, and when the first delivery was sent', () => {
    const deliveries = [aDelivery('2027-10-25T07:00:05.000Z'), aDelivery('2027-10-25T07:00:02.000Z'), aDelivery(null)];
    const [moment] = mergeTimeline([aMoment('P1M', at)], [aNotice(`${accountId}/1/P1M`, at, { deliveries })]);
    expect(moment).toMatchObject({ status: 'sent', at, sentAt: '2027-10-25T07:00:02.000Z', deliveries });
  });

  it('gives the reason for what was skipped', () =>
    expect(
      mergeTimeline(
        [aMoment('P1M', at)],
        [aNotice(`${accountId}/1/P1M`, at, { status: 'skipped', reason: 'superseded', deliveries: [] })],
      ),
    ).toMatchObject([{ status: 'skipped', reason: 'superseded', sentAt: null }]));

  it('keeps why a moment was never planned', () =>
    expect(
      mergeTimeline([{ ...aMoment('P1M', at), status: 'not_applicable', reason: 'on_or_before_first_day' }], []),
    ).toMatchObject([{ status: 'not_applicable', reason: 'on_or_before_first_day' }]));

  it('has the notices about applications too, and all in the order of their time', () => {
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

  it('has what happens at one time in the order of the keys', () => {
    const moments = ['b', 'a', 'c'].map((key) => ({ ...aMoment('P1M', at), key }));
    expect(mergeTimeline(moments, []).map(({ key }) => key)).toEqual(['a', 'b', 'c']);
  });
});

it('the plan alone has what became of its moments, and nothing else that people were told', () => {
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
