import { heldBefore } from './held-before.js';

const sent = { license: 'plus', contracted: 250, rtcLines: 4, expiresOn: '2027-11-29', state: 'active' } as const;
const seen = { ...sent, contracted: 400 };

it.each([
  ['what its approval saw, once it is fulfilled', 'change_license', 'fulfilled', { seen }, seen],
  ['what held when it was sent, where that is not on record', 'change_license', 'fulfilled', { seen: null }, sent],
  ['what held when it was sent, while it waits', 'change_license', 'pending', null, sent],
  ['what held when it was sent, where it changed nothing', 'change_license', 'rejected', { seen }, sent],
  ['what held when it was sent, where it was undone', 'change_license', 'failed', { seen }, sent],
] as const)('before an application is %s', (_, type, status, decision, expected) => {
  expect(heldBefore({ type, status, before: sent }, decision)).toEqual(expected);
});

it('before a new account there is nothing, whatever was said of it', () => {
  expect(heldBefore({ type: 'new_account', status: 'fulfilled', before: null }, { seen })).toBeNull();
});
