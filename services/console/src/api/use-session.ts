import { useSuspenseQuery } from '@tanstack/react-query';
import { sessionQuery } from './queries.js';

/** Who is signed in. The application is not rendered before that is known. */
export function useSession() {
  const { data } = useSuspenseQuery(sessionQuery);
  const { roles, organization } = data.member;
  const isSuperAdmin = roles.includes('super_admin');
  const isCustomerSuccess = roles.includes('customer_success') || roles.includes('customer_success_lead');
  return {
    ...data,
    isSuperAdmin,
    isCustomerSuccess,
    /**
     * Narrows a list to the member's own organization: a member who is also in Customer Success would get every
     * organization's.
     */
    ofOwn: isCustomerSuccess ? { organizationId: organization.organizationId } : {},
    /** Whether the member manages it. Everything else that Customer Success sees is read-only, in its own section. */
    manages: (of: { organizationId: string }) => isSuperAdmin && of.organizationId === organization.organizationId,
  };
}
