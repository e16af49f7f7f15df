import { useSuspenseQuery } from '@tanstack/react-query';
import { sessionQuery } from './queries.js';

/** Who is signed in. The application is not shown before that is known. */
export function useSession() {
  const { data } = useSuspenseQuery(sessionQuery);
  const { roles } = data.member;
  return {
    ...data,
    isSuperAdmin: roles.includes('super_admin'),
    isCustomerSuccess: roles.includes('customer_success') || roles.includes('customer_success_lead'),
  };
}
