import type { NoticeGroup, Role } from '@tenure/contracts';
import { isMarked, reachOf } from './reach.js';

const told: NoticeGroup[] = ['decisions', 'reminders'];
const ana = { email: 'Ana@Partner.example', roles: ['super_admin'] as Role[], told };
const ben = { email: 'ben@partner.example', roles: ['super_admin'] as Role[], told };
const viewer = { email: 'viewer@partner.example', roles: [] as Role[], told: [] };
const receivesOnly = (...only: NoticeGroup[]) => ({ ...ben, told: only });
const fallback = 'office@partner.example';
const marked = (...addresses: string[]) => addresses.map((address) => ({ address }));

it('an address is marked whatever its case and surrounding space', () => {
  expect(isMarked(' Ana@Partner.example', marked('ana@partner.example'))).toBe(true);
  expect(isMarked('ana@partner.example', marked('ben@partner.example'))).toBe(false);
});

describe('an organization', () => {
  it.each([
    ['has a recipient', [ana, ben], marked('ana@partner.example'), null, null],
    ['is reached at its fallback address', [ana], marked('ana@partner.example'), fallback, null],
    ['is not reached if every address is marked', [ana], marked('ana@partner.example', fallback), fallback, 'nobody'],
    ['is not reached without another address', [ana, viewer], marked('ana@partner.example'), null, 'nobody'],
    ['receives no decisions', [ana, receivesOnly('reminders')], marked('ana@partner.example'), null, 'decisions'],
    ['receives no reminders', [ana, receivesOnly('decisions')], marked('ana@partner.example'), null, 'reminders'],
    [
      'receives them at the fallback address',
      [ana, receivesOnly('decisions')],
      marked('ana@partner.example'),
      fallback,
      null,
    ],
    ['has nobody who can apply without a SuperAdmin', [viewer], [], fallback, 'no_super_admin'],
  ])('%s', (_, items, marks, fallbackEmail, reach) =>
    expect(reachOf({ items, next: null, marks, fallbackEmail })).toBe(reach),
  );

  it('may have a reachable SuperAdmin on the next page of members', () => {
    const marks = marked('ana@partner.example');
    const first = { next: 'more', marks, fallbackEmail: null };
    expect(reachOf({ ...first, items: [ana] })).toBeNull();
    expect(reachOf({ ...first, items: [ana, viewer] })).toBe('nobody');
  });
});
