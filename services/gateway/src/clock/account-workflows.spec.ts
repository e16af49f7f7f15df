import { applicationWorkflowId } from '@tenure/contracts';
import type { Settings } from '../settings.js';
import type { Temporal } from '../temporal/temporal.js';
import { AccountWorkflows } from './account-workflows.js';

const patience = 60_000;
const notFound = Object.assign(new Error('not found'), { code: 5, details: 'not found', metadata: {} });

/** A Temporal in which the subscription has ended and the application's workflow exists from the third poll on. */
function aTemporal() {
  const deadlines: number[] = [];
  let looked = 0;
  const describeWorkflowExecution = ({ execution }: { execution: { workflowId: string } }) => {
    looked += Number(execution.workflowId === applicationWorkflowId('late'));
    return looked === 1 || looked === 2 ? Promise.reject(notFound) : Promise.resolve({ workflowExecutionInfo: {} });
  };
  const connection = {
    workflowService: { describeWorkflowExecution },
    withDeadline: <T>(deadline: number, work: () => Promise<T>) => {
      deadlines.push(deadline);
      return work();
    },
  };
  return { deadlines, temporal: { connection, namespace: 'a-namespace' } as unknown as Temporal };
}

it('starting and moving an application share one deadline', async () => {
  const { deadlines, temporal } = aTemporal();
  const workflows = new AccountWorkflows(temporal, { clockPatience: patience } as Settings);
  await workflows.moveTo('2127-11-25T09:00:00.000Z', { accountId: 'an-account', applicationIds: ['late'] });
  const [, ...ofTheApplication] = deadlines;
  expect(ofTheApplication).toHaveLength(3);
  expect(new Set(ofTheApplication).size).toBe(1);
});
