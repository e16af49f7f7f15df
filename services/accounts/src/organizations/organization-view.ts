import type { AnswerOf, saveOrganization, setOrganizationLogo } from '@tenure/contracts';
import type { OrganizationRow } from '../database/organization.entity.js';
import { usableLogo } from './usable-logo.js';

/** The view for its members. */
export function viewOrganization(organization: OrganizationRow): AnswerOf<typeof setOrganizationLogo> {
  const { organizationId, name, country, timeZone, language, isOperator, logoUrl: stored } = organization;
  const logoUrl = usableLogo(stored);
  const refused = stored !== logoUrl && { logoRefused: true };
  return { organizationId, name, country, timeZone, language, isOperator, logoUrl, ...refused };
}

/** The view for the operator. */
export function settingsOf(organization: OrganizationRow): AnswerOf<typeof saveOrganization> {
  return { ...viewOrganization(organization), fallbackEmail: organization.fallbackEmail };
}
