import { useSuspenseQuery } from '@tanstack/react-query';
import { sessionQuery } from './queries.js';

/** Who is signed in. The application is not shown before that is known. */
export function useSession() {
  const { data } = useSuspenseQuery(sessionQuery);
  const { roles, organization } = data.member;
  const isSuperAdmin = roles.includes('super_admin');
  const isCustomerSuccess = roles.includes('customer_success') || roles.includes('customer_success_lead');
  return {
    ...data,
    isSuperAdmin,
    isCustomerSuccess,
    /** Narrows a list to one's own organization: whoever also is Customer Success is answered with everybody's. */
    ofOwn: isCustomerSuccess ? { organizationId: organization.organizationId } : {},
    /** Whether it is managed by whoever has signed in; what Customer Success sees besides is only read, in its own section. */
    manages: (of: { organizationId: string }) => isSuperAdmin && of.organizationId === organization.organizationId,
  };
}
