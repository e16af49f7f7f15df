import { noticeKinds } from '@tenure/contracts';
import { isUrgent } from './urgency.js';

it('a reminder before the last day can wait', () => {
  for (const offset of ['P1M', 'P7D', 'P1D']) expect(isUrgent({ kind: 'reminder', offset })).toBe(false);
});

it('everything else is urgent: the final notice, decisions and other events', () => {
  expect(isUrgent({ kind: 'reminder', offset: 'P0D' })).toBe(true);
  const others = noticeKinds.filter((kind) => kind !== 'reminder');
  expect(others.filter((kind) => !isUrgent({ kind, offset: null }))).toEqual([]);
});
