import { useQuery } from '@tanstack/react-query';
import { organizationQuery } from '../api/queries.js';

/** What is called so in an address, or in an e-mail, by its name; empty until that is known. @param organizationId empty: none */
export function useOrganizationName(organizationId: string): string {
  const { data } = useQuery({ ...organizationQuery(organizationId), enabled: organizationId !== '' });
  return data?.name ?? '';
}
