import {
  applicationWorkflow,
  applicationWorkflowId,
  everyPage,
  listUnfinishedApplications,
  listUnfinishedPolicyChanges,
  listUnfinishedSubscriptions,
  policyChangeWorkflow,
  policyChangeWorkflowId,
  resumeApplications,
  resumePolicyChanges,
  resumeSubscriptions,
  subscriptionWorkflow,
  subscriptionWorkflowId,
  type Client,
  type PolicyChangeInput,
} from '@tenure/contracts';
import { answered } from '../asking/answered.js';

/** A record that should have a workflow. */
export interface Unfinished {
  id: string;
  workflowId: string;
  /** It ended recently, so its workflow may have completed. */
  isOver: boolean;
}

/** One kind of workflow, and the records that say which ones should exist. */
export interface Kind {
  /** Singular. */
  name: string;
  workflow: string;
  /** The records, a page at a time. */
  pages(services: Client): AsyncGenerator<Unfinished[]>;
  /** Asks their owner to publish these again. At most `mostAsked`. */
  resume(services: Client, ids: string[]): Promise<unknown>;
}

export const kinds: readonly Kind[] = [
  {
    name: 'application',
    workflow: applicationWorkflow,
    pages: (services) =>
      pagesOf(async (cursor) => {
        const { items, next } = await services.ask(listUnfinishedApplications, { cursor });
        const found = items.map(({ applicationId: id, isOver }) => ({
          id,
          workflowId: applicationWorkflowId(id),
          isOver,
        }));
        return { items: found, next };
      }),
    resume: (services, applicationIds) => services.ask(resumeApplications, { applicationIds }),
  },
  {
    name: 'subscription',
    workflow: subscriptionWorkflow,
    pages: (services) =>
      pagesOf(async (cursor) => {
        const { items, next } = await services.ask(listUnfinishedSubscriptions, { cursor });
        const found = items.map(({ accountId: id, isOver }) => ({
          id,
          workflowId: subscriptionWorkflowId(id),
          isOver,
        }));
        return { items: found, next };
      }),
    resume: (services, accountIds) => services.ask(resumeSubscriptions, { accountIds }),
  },
  {
    name: 'policy change',
    workflow: policyChangeWorkflow,
    pages: (services) =>
      pagesOf<PolicyChangeInput>(async (cursor) => {
        const { items, next } = await services.ask(listUnfinishedPolicyChanges, { cursor });
        const found = items.map((change) => ({
          id: `${change.organizationId}/${change.version}`,
          workflowId: policyChangeWorkflowId(change),
          isOver: false,
        }));
        return { items: found, next };
      }),
    resume: (services, ids) => services.ask(resumePolicyChanges, { changes: ids.map(policyChangeOf) }),
  },
];

function policyChangeOf(id: string): PolicyChangeInput {
  const [organizationId, version] = id.split('/') as [string, string];
  return { organizationId, version: Number(version) };
}

/** Retries each page until it is answered. */
function pagesOf<Cursor = string>(
  page: (cursor: Cursor | undefined) => Promise<{ items: Unfinished[]; next: Cursor | null }>,
): AsyncGenerator<Unfinished[]> {
  return everyPage<Unfinished, Cursor>((cursor) => answered(() => page(cursor)));
}
