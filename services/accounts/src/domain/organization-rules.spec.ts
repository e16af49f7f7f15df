import type { Role } from '@tenure/contracts';
import { organizationProblems, roleProblems } from './organization-rules.js';

const madrid = { country: 'ES', timeZone: 'Europe/Madrid', isOperator: false };
const nothing = { hasOperator: false, hasCustomerSuccess: false };

describe('an organization', () => {
  it.each([
    ['is in a zone of its country', madrid, nothing, []],
    ['is in no other zone', { ...madrid, timeZone: 'Europe/Paris' }, nothing, ['timeZone: unknown_time_zone']],
    ['is in a country', { ...madrid, country: 'XX' }, nothing, ['country: unknown_country']],
    ["can be the operator's own", { ...madrid, isOperator: true }, nothing, []],
    [
      "is not the operator's own when another is",
      { ...madrid, isOperator: true },
      { ...nothing, hasOperator: true },
      ['isOperator: operator_exists'],
    ],
    [
      "stays the operator's own while it has Customer Success",
      madrid,
      { ...nothing, hasCustomerSuccess: true },
      ['isOperator: has_customer_success'],
    ],
  ])('%s', (_, organization, others, expected) =>
    expect(organizationProblems(organization, others).map(({ path, code }) => `${path}: ${code}`)).toEqual(expected),
  );
});

describe('Customer Success', () => {
  it.each<[string, Role[], boolean, string[]]>([
    ["is in the operator's own organization", ['customer_success', 'super_admin'], true, []],
    ['is in no other one', ['customer_success'], false, ['operator_only']],
    ['is in no other one, its lead neither', ['customer_success_lead'], false, ['operator_only']],
    ['is not a SuperAdmin', ['super_admin'], false, []],
  ])('%s', (_, roles, isOperator, expected) =>
    expect(roleProblems(roles, { isOperator }).map(({ code }) => code)).toEqual(expected),
  );
});
