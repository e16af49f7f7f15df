import { useQuery } from '@tanstack/react-query';
import { accountsQuery, applicationsQuery } from '../api/queries.js';

/**
 * An address may name an organization that no list has, or has any more: one of its accounts or applications says what it
 * is called. @param organizationId empty: none
 */
export function useOrganizationName(organizationId: string): string {
  const one = { organizationId, limit: 1 };
  const enabled = organizationId !== '';
  const active = useQuery({ ...accountsQuery({ zone: 'active', ...one }), enabled });
  const expired = useQuery({ ...accountsQuery({ zone: 'expired', ...one }), enabled });
  const applied = useQuery({ ...applicationsQuery(one), enabled });
  const [known] = [active, expired, applied].flatMap<{ organizationName: string }>(({ data }) => data?.items ?? []);
  return known?.organizationName ?? '';
}
