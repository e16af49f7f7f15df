import { toldToNobody, unwantedBy, whoIsTold, wishesOf } from './wishes.js';

const all = { decisions: true, reminders: true };
const ana = { memberId: 'ana', unwanted: [] };
const ben = { memberId: 'ben', unwanted: ['reminders'] as const };
const eva = { memberId: 'eva', unwanted: ['decisions', 'reminders'] as const };

it('what is not unwanted is wished', () => {
  expect([ana, ben, eva].map(wishesOf)).toEqual([
    all,
    { decisions: true, reminders: false },
    { decisions: false, reminders: false },
  ]);
  expect([ana, ben, eva].map((wisher) => unwantedBy(wishesOf(wisher)))).toEqual([[], ['reminders'], eva.unwanted]);
});

describe('the last one who wishes to be told', () => {
  it('of something cannot turn it off', () => {
    expect(toldToNobody([ana, ben], 'ana', { ...all, reminders: false })).toEqual(['reminders']);
    expect(toldToNobody([ana], 'ana', wishesOf(eva))).toEqual(['decisions', 'reminders']);
  });
  it('may turn off what another one wishes', () =>
    expect(toldToNobody([ana, ben], 'ana', { ...all, decisions: false })).toEqual([]));
  it('is not who had turned it off before', () =>
    expect(toldToNobody([eva], 'eva', { decisions: false, reminders: false })).toEqual([]));
});

describe('told are', () => {
  it('those who wish to be', () => expect(whoIsTold([ana, ben], 'reminders')).toEqual([ana]));
  it('all, where nobody wishes to be', () => expect(whoIsTold([ben, eva], 'reminders')).toEqual([ben, eva]));
  it('all of what nobody can turn off', () => expect(whoIsTold([ana, eva], undefined)).toEqual([ana, eva]));
});
