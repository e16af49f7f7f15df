import { Outlet } from '@tanstack/react-router';
import { useSession } from '../api/use-session.js';
import { Forbidden } from './refused-pages.js';

/** The pages of SuperAdmins. */
export function AccountManagement() {
  return useSession().isSuperAdmin ? <Outlet /> : <Forbidden needs="superAdmin" />;
}

/** The pages of Customer Success. */
export function CustomerSuccess() {
  return useSession().isCustomerSuccess ? <Outlet /> : <Forbidden needs="customerSuccess" />;
}
