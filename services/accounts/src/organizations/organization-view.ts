import type { AnswerOf, saveOrganization } from '@tenure/contracts';
import type { OrganizationRow } from '../database/organization.js';

export function viewOrganization(organization: OrganizationRow): AnswerOf<typeof saveOrganization> {
  const { organizationId, name, country, timeZone, language, isOperator, fallbackEmail, logoUrl } = organization;
  return { organizationId, name, country, timeZone, language, isOperator, fallbackEmail, logoUrl };
}
