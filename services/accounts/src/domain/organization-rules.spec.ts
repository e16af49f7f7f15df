import type { Role } from '@tenure/contracts';
import { organizationProblems, roleProblems } from './organization-rules.js';

const madrid = { country: 'ES', timeZone: 'Europe/Madrid', isOperator: false };
const nothing = { hasOperator: false, hasCustomerSuccess: false };

describe('an organization', () => {
  it.each([
    ['is in a zone of its country', madrid, nothing, []],
    [
      'cannot be in another zone',
      { ...madrid, timeZone: 'Europe/Paris' },
      nothing,
      [
        'timeZone: unknown_time_zone',
        'The time zones of this country are Africa/Ceuta, Atlantic/Canary, Europe/Madrid.',
      ],
    ],
    [
      'needs an existing country',
      { ...madrid, country: 'XX' },
      nothing,
      ['country: unknown_country', 'There is no such country.'],
    ],
    ["can be the operator's own", { ...madrid, isOperator: true }, nothing, []],
    ["can be a partner's if the operator has its own", madrid, { ...nothing, hasOperator: true }, []],
    [
      "can be the operator's own with Customer Success",
      { ...madrid, isOperator: true },
      { ...nothing, hasCustomerSuccess: true },
      [],
    ],
    [
      "cannot be the operator's own if another is",
      { ...madrid, isOperator: true },
      { ...nothing, hasOperator: true },
      ['isOperator: operator_exists', "Another organization is already the operator's own."],
    ],
    [
      "has to stay the operator's own while it has Customer Success",
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
    ["is allowed in the operator's own organization", ['customer_success', 'super_admin'], true, []],
    ['is not allowed in any other', ['customer_success'], false, [operatorOnly]],
    [
      'is not allowed in any other, in combination with another role',
      ['super_admin', 'customer_success'],
      false,
      [operatorOnly],
    ],
    ['is not allowed in any other, including its lead', ['customer_success_lead'], false, [operatorOnly]],
    ['is not a SuperAdmin', ['super_admin'], false, []],
  ])('%s', (_, roles, isOperator, expected) => expect(roleProblems(roles, { isOperator })).toEqual(expected));
});
