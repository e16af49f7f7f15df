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
  /** Of the account that the form is about. */
  accountId?: string;
  children: (asked?: Asked<T>) => ReactNode;
}

/** A form, with what it begins with if an application is sent again. One about anything else is as if the address did not say it. */
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
