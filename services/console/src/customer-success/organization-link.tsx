import type { ReactNode } from 'react';
import { LinkTo } from '../app/links.js';

interface OrganizationLinkProps {
  organizationId: string;
  children: ReactNode;
}

/** The name of an organization, which leads to all that is known of it. */
export function OrganizationLink({ organizationId, children }: OrganizationLinkProps) {
  return (
    <LinkTo to="/customer-success/organizations/$organizationId" params={{ organizationId }} inherit>
      {children}
    </LinkTo>
  );
}
