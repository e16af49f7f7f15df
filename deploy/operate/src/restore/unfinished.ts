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
      pagesOf(
        (cursor?: string) => services.ask(listUnfinishedApplications, { cursor }),
        ({ applicationId: id, isOver }) => ({ id, workflowId: applicationWorkflowId(id), isOver }),
      ),
    resume: (services, applicationIds) => services.ask(resumeApplications, { applicationIds }),
  },
  {
    name: 'subscription',
    workflow: subscriptionWorkflow,
    pages: (services) =>
      pagesOf(
        (cursor?: string) => services.ask(listUnfinishedSubscriptions, { cursor }),
        ({ accountId: id, isOver }) => ({ id, workflowId: subscriptionWorkflowId(id), isOver }),
      ),
    resume: (services, accountIds) => services.ask(resumeSubscriptions, { accountIds }),
  },
  {
    name: 'policy change',
    workflow: policyChangeWorkflow,
    pages: (services) =>
      pagesOf(
        (cursor?: PolicyChangeInput) => services.ask(listUnfinishedPolicyChanges, { cursor }),
        (change) => ({ id: idOf(change), workflowId: policyChangeWorkflowId(change), isOver: false }),
      ),
    resume: (services, ids) => services.ask(resumePolicyChanges, { changes: ids.map(policyChangeOf) }),
  },
];

function idOf({ organizationId, version }: PolicyChangeInput): string {
  return `${organizationId}/${version}`;
}

function policyChangeOf(id: string): PolicyChangeInput {
  const [organizationId, version] = id.split('/') as [string, string];
  return { organizationId, version: Number(version) };
}

/** Retries each page until it is answered. */
async function* pagesOf<Item, Cursor>(
  page: (cursor?: Cursor) => Promise<{ items: Item[]; next: Cursor | null }>,
  unfinished: (item: Item) => Unfinished,
): AsyncGenerator<Unfinished[]> {
  for await (const items of everyPage((cursor?: Cursor) => answered(() => page(cursor)))) yield items.map(unfinished);
}
