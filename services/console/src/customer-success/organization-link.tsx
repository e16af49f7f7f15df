import type { ReactNode } from 'react';
import { LinkTo } from '../app/links.js';

interface OrganizationLinkProps {
  organizationId: string;
  /** In a sentence, where color alone would tell it from the words beside it. */
  underline?: 'always';
  children: ReactNode;
}

/** The name of an organization, which leads to all that is known of it. */
export function OrganizationLink({ organizationId, children, ...look }: OrganizationLinkProps) {
  return (
    <LinkTo to="/customer-success/organizations/$organizationId" params={{ organizationId }} inherit {...look}>
      {children}
    </LinkTo>
  );
}
