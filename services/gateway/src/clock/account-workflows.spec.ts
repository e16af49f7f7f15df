import { Logger } from '@nestjs/common';
import { applicationWorkflowId } from '@tenure/contracts';
import { eventually } from '@tenure/testing';
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

describe('the log says at startup', () => {
  let warnings: string[];
  beforeEach(() => {
    warnings = [];
    const log = { log() {}, error() {}, warn: (sentence: string) => warnings.push(sentence) };
    Logger.overrideLogger(log);
  });
  afterAll(() => Logger.overrideLogger(false));

  it.each([
    [
      'that the clocks of a sandbox cannot be moved if the Temporal server has no time skipping',
      'The Time-Skipping feature is not enabled for namespace.',
      'Clocks cannot be moved: Temporal runs without frontend.WorkflowTimeSkippingEnabled=true.',
    ],
    [
      'only that it is not known yet while Temporal cannot be reached',
      'no connection',
      'It is not known yet whether clocks can be moved. Temporal is not available. Try again.',
    ],
  ])('%s', async (_, details, sentence) => {
    const refused = Object.assign(new Error(details), { code: 14, details, metadata: {} });
    const updateWorkflowExecutionOptions = () => Promise.reject(refused);
    const connection = {
      workflowService: { updateWorkflowExecutionOptions },
      withDeadline: <T>(_deadline: number, work: () => Promise<T>) => work(),
    };
    const temporal = { connection, namespace: 'a-namespace' } as unknown as Temporal;
    new AccountWorkflows(temporal, { sandbox: true } as Settings).onApplicationBootstrap();
    await eventually(() => expect(warnings).toEqual([sentence]));
  });
});
