import type { Role } from '@tenure/contracts';

const names: Record<Role, string> = {
  super_admin: 'SuperAdmin',
  customer_success: 'Customer Success',
  customer_success_lead: 'Lead of Customer Success',
};

/** The roles in words, such as "Customer Success and SuperAdmin". */
export function roleNames(roles: readonly Role[]): string {
  return roles.length === 0 ? 'member without a role' : roles.map((role) => names[role]).join(' and ');
}
