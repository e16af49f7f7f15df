import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { ApplicationView } from '@tenure/contracts';
import type { ReactNode } from 'react';
import { applicationQuery } from '../api/queries.js';
import { useSession } from '../api/use-session.js';
import { Loaded } from '../app/loaded.js';
import type { ApplicationType } from '../applications/types.js';

export type Asked<T extends ApplicationType> = Extract<ApplicationView['request'], { type: T }>;

interface AskedAgainProps<T extends ApplicationType> {
  title: string;
  type: T;
  /** The account that the form is about. */
  accountId?: string;
  children: (asked?: Asked<T>) => ReactNode;
}

/**
 * A form, prefilled from the application that is being sent again. An id of an application that does not belong to this
 * form is ignored.
 */
export function AskedAgain<T extends ApplicationType>(props: AskedAgainProps<T>) {
  const { again } = useSearch({ strict: false });
  return again === undefined ? <>{props.children()}</> : <Again key={again} applicationId={again} {...props} />;
}

function Again<T extends ApplicationType>({
  applicationId,
  title,
  type,
  accountId,
  children,
}: AskedAgainProps<T> & { applicationId: string }) {
  const { manages } = useSession();
  const query = useQuery(applicationQuery(applicationId));
  const isOfForm = (request: ApplicationView['request']): request is Asked<T> =>
    request.type === type && (request.type === 'new_account' || request.accountId === accountId);
  return (
    <Loaded query={query} title={title}>
      {(application) => {
        const { request } = application;
        return manages(application) && isOfForm(request) ? children(request) : children();
      }}
    </Loaded>
  );
}
