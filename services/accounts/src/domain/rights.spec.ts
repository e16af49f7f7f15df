import type { Role } from '@tenure/contracts';
import { isAllowed, rights, type Right } from './rights.js';

const nobody: Role[] = [];
const superAdmin: Role[] = ['super_admin'];
const reviewer: Role[] = ['customer_success'];
const lead: Role[] = ['customer_success_lead'];

const table: [Right, Role[][]][] = [
  ['sector.list', [nobody, superAdmin, reviewer, lead]],
  ['member.set_language', [nobody, superAdmin, reviewer, lead]],
  ['notices.wish', [superAdmin]],
  ['recipients.see', [superAdmin, reviewer, lead]],
  ['recipients.set', [superAdmin]],
  ['organization.set_logo', [superAdmin]],
  ['fallback_address.manage', [superAdmin]],
  ['organization.find', [reviewer, lead]],
  ['account.names', [nobody, superAdmin, reviewer, lead]],
  ['account.list', [superAdmin, reviewer, lead]],
  ['account.get', [superAdmin, reviewer, lead]],
  ['account.audit', [superAdmin, reviewer, lead]],
  ['calendar.manage', [superAdmin]],
  ['clock.set', [superAdmin, reviewer, lead]],
  ['application.preview', [superAdmin]],
  ['application.submit', [superAdmin]],
  ['application.list', [superAdmin, reviewer, lead]],
  ['application.get', [superAdmin, reviewer, lead]],
  ['application.check', [reviewer, lead]],
  ['application.withdraw', [superAdmin]],
  ['decision.record', [reviewer, lead]],
  ['decision.get', [superAdmin, reviewer, lead]],
];

it.each(table)('%s is for these roles only', (right, sufficient) =>
  expect([nobody, superAdmin, reviewer, lead].filter((roles) => isAllowed({ roles }, right))).toEqual(sufficient),
);

it('every right is in this table', () => expect(table.map(([right]) => right)).toEqual(Object.keys(rights)));

it('who has two roles may do what either may', () => {
  const both: Role[] = ['super_admin', 'customer_success'];
  expect([isAllowed({ roles: both }, 'application.submit'), isAllowed({ roles: both }, 'decision.record')]).toEqual([
    true,
    true,
  ]);
});
