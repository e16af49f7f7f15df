import { useQuery } from '@tanstack/react-query';
import { organizationQuery } from '../api/queries.js';

/**
 * The name of an organization that a URL or an e-mail names by id; empty until it is known. @param organizationId
 * empty: none
 */
export function useOrganizationName(organizationId: string): string {
  const { data } = useQuery({ ...organizationQuery(organizationId), enabled: organizationId !== '' });
  return data?.name ?? '';
}
