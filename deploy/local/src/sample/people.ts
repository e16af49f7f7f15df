import type { Person } from '../identity-provider/person.js';
import { roleNames } from '../identity-provider/role-names.js';
import { sampleOrganizations } from './organizations.js';

/** Everybody of the sample organizations, as the sign-in page shows them. */
export const samplePeople: readonly Person[] = sampleOrganizations.flatMap(({ name: organization, members }) =>
  members.map(({ roles, ...member }) => ({ ...member, description: roleNames(roles), organization })),
);
