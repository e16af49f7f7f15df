import type { Person } from '../identity-provider/person.js';
import { sampleOrganizations } from './organizations.js';

/** Everybody of the sample organizations, as the sign-in page shows them. */
export const samplePeople: readonly Person[] = sampleOrganizations.flatMap(({ name: organization, members }) =>
  members.map(({ signIn, name, language, description }) => ({
    signIn,
    name,
    language,
    description,
    organization,
  })),
);
