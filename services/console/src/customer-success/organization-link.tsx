import type { ReactNode } from 'react';
import { LinkTo } from '../app/links.js';

interface OrganizationLinkProps {
  organizationId: string;
  /** Within a sentence, where only color would distinguish the link. */
  underline?: 'always';
  children: ReactNode;
}

/** The name of an organization, linked to its page. */
export function OrganizationLink({ organizationId, children, ...look }: OrganizationLinkProps) {
  return (
    <LinkTo to="/customer-success/organizations/$organizationId" params={{ organizationId }} inherit {...look}>
      {children}
    </LinkTo>
  );
}
