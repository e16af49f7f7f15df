import { joinRefusals, placeIsWrong } from './refusals.js';

const refusal = (path: string, message: string) => ({ path, code: 'wrong', message });

it('licensing’s refusal of a field is dropped if accounts has refused it', () => {
  const licensing = [refusal('country', 'theirs'), refusal('months', 'theirs')];
  expect(joinRefusals([refusal('country', 'ours')], licensing)).toEqual([
    refusal('country', 'ours'),
    refusal('months', 'theirs'),
  ]);
  expect(joinRefusals([refusal('country', 'ours')], [])).toEqual([refusal('country', 'ours')]);
});

it.each([
  ['country', true],
  ['timeZone', true],
  ['sector', false],
])('no date can be calculated if the country or time zone is wrong: %s %s', (path, isWrong) =>
  expect(placeIsWrong([refusal('months', 'too many'), refusal(path, 'wrong')])).toBe(isWrong),
);
