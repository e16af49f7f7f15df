import type { Role } from '@tenure/contracts';
import { organizationProblems, roleProblems } from './organization-rules.js';

const madrid = { country: 'ES', timeZone: 'Europe/Madrid', isOperator: false };
const nothing = { hasOperator: false, hasCustomerSuccess: false };

describe('an organization', () => {
  it.each([
    ['is in a zone of its country', madrid, nothing, []],
    [
      'is in no other zone',
      { ...madrid, timeZone: 'Europe/Paris' },
      nothing,
      [
        'timeZone: unknown_time_zone',
        'The time zones of this country are Africa/Ceuta, Atlantic/Canary, Europe/Madrid.',
      ],
    ],
    [
      'is in a country',
      { ...madrid, country: 'XX' },
      nothing,
      ['country: unknown_country', 'There is no such country.'],
    ],
    ["can be the operator's own", { ...madrid, isOperator: true }, nothing, []],
    ["is a partner's beside the operator's own", madrid, { ...nothing, hasOperator: true }, []],
    [
      "can be the operator's own with Customer Success",
      { ...madrid, isOperator: true },
      { ...nothing, hasCustomerSuccess: true },
      [],
    ],
    [
      "is not the operator's own when another is",
      { ...madrid, isOperator: true },
      { ...nothing, hasOperator: true },
      ['isOperator: operator_exists', "Another organization is already the operator's own."],
    ],
    [
      "stays the operator's own while it has Customer Success",
      madrid,
      { ...nothing, hasCustomerSuccess: true },
      [
        'isOperator: has_customer_success',
        "Some of its members are in Customer Success, which only the operator's own organization has.",
      ],
    ],
  ])('%s', (_, organization, others, expected) =>
    expect(
      organizationProblems(organization, others).flatMap(({ path, code, message }) => [`${path}: ${code}`, message]),
    ).toEqual(expected),
  );
});

describe('Customer Success', () => {
  const operatorOnly = {
    path: 'roles',
    code: 'operator_only',
    message: "Only members of the operator's own organization can be in Customer Success.",
  };
  it.each<[string, Role[], boolean, object[]]>([
    ["is in the operator's own organization", ['customer_success', 'super_admin'], true, []],
    ['is in no other one', ['customer_success'], false, [operatorOnly]],
    ['is in no other one, whoever else they are', ['super_admin', 'customer_success'], false, [operatorOnly]],
    ['is in no other one, its lead neither', ['customer_success_lead'], false, [operatorOnly]],
    ['is not a SuperAdmin', ['super_admin'], false, []],
  ])('%s', (_, roles, isOperator, expected) => expect(roleProblems(roles, { isOperator })).toEqual(expected));
});
