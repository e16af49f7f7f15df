import { heldBefore } from './held-before.js';

const sent = { license: 'plus', contracted: 250, rtcLines: 4, expiresOn: '2027-11-29', state: 'active' } as const;
const seen = { ...sent, contracted: 400 };

it.each([
  ['are what its approval saw, once it is fulfilled', 'change_license', 'fulfilled', { seen }, seen],
  ['are those when it was sent, if its approval recorded none', 'change_license', 'fulfilled', { seen: null }, sent],
  ['are those when it was sent, while it is pending', 'change_license', 'pending', null, sent],
  ['are those when it was sent, if it changed nothing', 'change_license', 'rejected', { seen }, sent],
  ['are those when it was sent, if it was undone', 'change_license', 'failed', { seen }, sent],
] as const)('the facts before an application %s', (_, type, status, decision, expected) => {
  expect(heldBefore({ type, status, before: sent }, decision)).toEqual(expected);
});

it('before a new account there is nothing, whatever its decision saw', () => {
  expect(heldBefore({ type: 'new_account', status: 'fulfilled', before: null }, { seen })).toBeNull();
});
