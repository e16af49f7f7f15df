import type { FieldError, Role } from '@tenure/contracts';
import { timeZonesOf } from '@tenure/lifecycle';
import { problemIf } from './problem-if.js';

/**
 * What is wrong with an organization: its country or time zone, or its status as the operator's own, which only one
 * has.
 */
export function organizationProblems(
  organization: { country: string; timeZone: string; isOperator: boolean },
  others: { hasOperator: boolean; hasCustomerSuccess: boolean },
): FieldError[] {
  const zones = timeZonesOf(organization.country);
  const place =
    zones.length === 0
      ? problemIf(true, 'country', 'unknown_country', 'There is no such country.')
      : problemIf(
          !zones.includes(organization.timeZone),
          'timeZone',
          'unknown_time_zone',
          `The time zones of this country are ${zones.join(', ')}.`,
        );
  return [
    ...place,
    ...problemIf(
      organization.isOperator && others.hasOperator,
      'isOperator',
      'operator_exists',
      "Another organization is already the operator's own.",
    ),
    ...problemIf(
      !organization.isOperator && others.hasCustomerSuccess,
      'isOperator',
      'has_customer_success',
      "Some of its members are in Customer Success, which only the operator's own organization has.",
    ),
  ];
}

/**
 * All roles except SuperAdmin are Customer Success roles, which only members of the operator's own organization have
 * (docs/glossary.md).
 */
export function roleProblems(roles: readonly Role[], organization: { isOperator: boolean }): FieldError[] {
  return problemIf(
    !organization.isOperator && roles.some((role) => role !== 'super_admin'),
    'roles',
    'operator_only',
    "Only members of the operator's own organization can be in Customer Success.",
  );
}
