import { noticesWithoutRecipient, declinedGroups, whoIsTold, wishesOf } from './wishes.js';

const all = { decisions: true, reminders: true };
const ana = { memberId: 'ana', unwanted: [] };
const ben = { memberId: 'ben', unwanted: ['reminders'] as const };
const eva = { memberId: 'eva', unwanted: ['decisions', 'reminders'] as const };

it('a notice is on unless it was turned off', () => {
  expect([ana, ben, eva].map(wishesOf)).toEqual([
    all,
    { decisions: true, reminders: false },
    { decisions: false, reminders: false },
  ]);
  expect([ana, ben, eva].map((wisher) => declinedGroups(wishesOf(wisher)))).toEqual([[], ['reminders'], eva.unwanted]);
});

describe('the last SuperAdmin with a notice turned on', () => {
  it('cannot turn it off', () => {
    expect(noticesWithoutRecipient([ana, ben], 'ana', { ...all, reminders: false })).toEqual(['reminders']);
    expect(noticesWithoutRecipient([ana], 'ana', wishesOf(eva))).toEqual(['decisions', 'reminders']);
  });
  it('may turn off what another one still gets', () =>
    expect(noticesWithoutRecipient([ana, ben], 'ana', { ...all, decisions: false })).toEqual([]));
  it('is not one who had already turned it off', () =>
    expect(noticesWithoutRecipient([eva], 'eva', { decisions: false, reminders: false })).toEqual([]));
});

describe('a notice goes to', () => {
  it('those who have not turned it off', () => expect(whoIsTold([ana, ben], 'reminders')).toEqual([ana]));
  it('all, if everybody has turned it off', () => expect(whoIsTold([ben, eva], 'reminders')).toEqual([ben, eva]));
  it('all, if it cannot be turned off', () => expect(whoIsTold([ana, eva], undefined)).toEqual([ana, eva]));
});
