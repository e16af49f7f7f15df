import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { Client, Connection } from '@temporalio/client';
import {
  applicationApproved,
  applicationFailed,
  applicationFulfilled,
  applicationRejected,
  applicationWorkflow,
  applicationWorkflowId,
  decideSignal,
  eventSubject,
  getDecision,
  problem,
  recordDecision,
  refuse,
  type Event,
} from '@tenure/contracts';
import { freePort } from '@tenure/local/servers/ports';
import { startTemporal } from '@tenure/local/servers/temporal';
import { eventually, Gate, startTestService, testTemporal, type TestTemporal } from '@tenure/testing';
import { call } from '../testing/call.js';
import { gatewayFor } from '../testing/gateway.js';
import { aDecision, anApplication, organizationId } from '../testing/samples.js';
import { setStage, type GatewayStage } from '../testing/stage.js';
import { SettledApplications } from './settled-applications.js';

/** COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION in Temporal's protocol. */
const completeWorkflow = 4;

describe('a decision', () => {
  let stage: GatewayStage;
  let temporal: TestTemporal;
  let connection: Connection;
  let client: Client;
  let applicationId: string;
  let decisionId: string;
  beforeAll(async () => {
    temporal = await testTemporal();
    stage = await setStage({ temporal });
    connection = await Connection.connect({ address: temporal.address });
    client = new Client({ connection, namespace: temporal.namespace });
  });
  beforeEach(() => {
    stage.services.reset();
    [applicationId, decisionId] = [randomUUID(), randomUUID()];
    stage.services.answer(recordDecision, () => ({ decisionId, outcome: 'recorded' as const }));
  });
  afterAll(async () => {
    await connection?.close();
    await stage?.close();
  });

  const decide = async (url = stage.gateway.url!) =>
    call(url, `POST /api/applications/${applicationId}/decision`, {
      token: await stage.issuer.token('customer_success'),
      body: { verdict: 'approve' },
      key: 'one',
    });

  /** The signals of the workflow, read as a worker would read them. */
  async function signals(): Promise<unknown[]> {
    const history = await client.workflow.getHandle(applicationWorkflowId(applicationId)).fetchHistory();
    return (history.events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) =>
      signal ? [[signal.signalName, String(signal.input?.payloads?.[0]?.data)]] : [],
    );
  }

  const answer = (outcome: 'recorded' | 'applied' | 'refused' | 'too_late', rest = {}) =>
    stage.services.answer(getDecision, () => ({
      decision: aDecision({ decisionId, outcome, ...rest }),
      application: anApplication({ applicationId, status: outcome === 'applied' ? 'approved' : 'pending' }),
    }));

  /** Completes the workflow as a worker would, after those of earlier tests, which are ahead of it in the queue. */
  async function complete(): Promise<void> {
    const { workflowService } = connection;
    const { namespace, taskQueue: name } = temporal;
    for (let completed = ''; completed !== applicationWorkflowId(applicationId);) {
      const task = await connection.withDeadline(Date.now() + 60_000, () =>
        workflowService.pollWorkflowTaskQueue({ namespace, taskQueue: { name } }),
      );
      const commands = [{ commandType: completeWorkflow, completeWorkflowExecutionCommandAttributes: {} }];
      await workflowService.respondWorkflowTaskCompleted({ namespace, taskToken: task.taskToken, commands });
      completed = task.workflowExecution?.workflowId ?? '';
    }
  }

  it('is signaled to the workflow, which is started if it is missing, and answered once it is applied', async () => {
    stage.services.answer(getDecision, async () => {
      const signalled = await signals().catch(() => []);
      return {
        decision: aDecision({ decisionId, outcome: signalled.length > 0 ? 'applied' : 'recorded' }),
        application: anApplication({ applicationId, status: 'approved' }),
      };
    });
    // If the signal takes longer than the request waits, it polls once more.
    const reply = await eventually(async () => {
      const decided = await decide();
      expect(decided.status).toBe(200);
      return decided;
    });
    expect(reply.body).toEqual(anApplication({ applicationId, status: 'approved' }));
    for (const signal of await signals()) expect(signal).toEqual([decideSignal, JSON.stringify(decisionId)]);
    const { type, taskQueue } = await client.workflow.getHandle(applicationWorkflowId(applicationId)).describe();
    expect([type, taskQueue]).toEqual([applicationWorkflow, temporal.taskQueue]);
  });

  describe('is noticed by the event', () => {
    const tell = async (event: Event, about: string) =>
      (await stage.nats.connect('accounts')).publish(
        eventSubject(event, organizationId),
        JSON.stringify({ type: event.name, applicationId: about }),
      );

    it.each([
      [applicationApproved.name, applicationApproved, ['settled']],
      [applicationRejected.name, applicationRejected, ['settled', 'ended']],
      [applicationFulfilled.name, applicationFulfilled, ['settled', 'ended']],
      [applicationFailed.name, applicationFailed, ['settled', 'ended']],
    ])('%s', async (_, event, expected) => {
      const settled = stage.gateway.get(SettledApplications);
      const heard: string[] = [];
      const listen = (to: string, name = '') => {
        const { stop, ...moments } = settled.listenTo(to);
        for (const [moment, at] of Object.entries(moments)) void at.then(() => heard.push(`${name}${moment}`));
        return { stop, ...moments };
      };
      const [own, stopped, other] = [
        listen(applicationId),
        listen(applicationId, 'nobody any more: '),
        listen(decisionId, 'another application: '),
      ];
      stopped.stop();
      await tell(event, applicationId);
      await own.settled;
      await tell(applicationRejected, decisionId);
      await other.ended;
      const others = ['another application: settled', 'another application: ended'];
      expect(heard).toEqual([...expected, ...others]);
      own.stop();
      other.stop();
    });

    it('which is published without delay for an end, because a request waits for it', () => {
      const ofAnEnd = [applicationRejected, applicationFulfilled, applicationFailed];
      expect([applicationApproved, ...ofAnEnd].filter(({ isAwaited }) => isAwaited)).toEqual(ofAnEnd);
    });

    it('and answered as fulfilled with one poll if it is provisioned soon after the approval', async () => {
      let status: 'pending' | 'fulfilled' = 'pending';
      stage.services.answer(getDecision, async () => {
        const outcome = status === 'pending' ? ('recorded' as const) : ('applied' as const);
        const answer = {
          decision: aDecision({ decisionId, outcome }),
          application: anApplication({ applicationId, status }),
        };
        // Published only after a first poll without an event, so the length of the first pause does not matter.
        if (status === 'pending') {
          status = 'fulfilled';
          await Promise.all([tell(applicationApproved, applicationId), tell(applicationFulfilled, applicationId)]);
        }
        return answer;
      });
      expect((await decide()).body).toEqual(anApplication({ applicationId, status: 'fulfilled' }));
      expect(stage.services.passedOn).toEqual([recordDecision.name, getDecision.name, getDecision.name]);
    });
  });

  it('is not called approved because a signal was accepted: without an outcome the answer is 202 with an address', async () => {
    answer('recorded');
    const started = Date.now();
    const reply = await decide();
    expect([reply.status, reply.body, reply.headers.get('location')]).toEqual([
      202,
      { decisionId, application: `/api/applications/${applicationId}` },
      `/api/applications/${applicationId}`,
    ]);
    expect(Date.now() - started).toBeGreaterThan(2_000);
    await eventually(async () => expect(await signals()).toEqual([[decideSignal, JSON.stringify(decisionId)]]));
  });

  it('keeps polling for the outcome when the workflow has completed', async () => {
    answer('recorded');
    const first = decide();
    await complete();
    await first;
    stage.services.answer(getDecision, () => ({
      decision: aDecision({ decisionId, outcome: 'too_late' }),
      application: anApplication({ applicationId, status: 'withdrawn' }),
    }));
    const reply = await decide();
    expect([reply.status, reply.body]).toEqual([
      409,
      {
        ...problem('application_already_decided', 'This application has already been decided.'),
        current: anApplication({ applicationId, status: 'withdrawn' }),
      },
    ]);
    expect((await client.workflow.getHandle(applicationWorkflowId(applicationId)).describe()).status.name).toBe(
      'COMPLETED',
    );
  });

  it('whose check fails is answered with the reason and the application as it stands', async () => {
    const why = problem('facts_changed', 'It has changed since.', { figures: { contracted: 120 } });
    answer('refused', { problem: why });
    const reply = await decide();
    expect([reply.status, reply.body]).toEqual([409, { ...why, current: anApplication({ applicationId }) }]);
  });

  it('that is settled already is answered with its first outcome, without another signal', async () => {
    stage.services.answer(recordDecision, () => ({ decisionId, outcome: 'applied' as const }));
    answer('applied');
    expect((await decide()).status).toBe(200);
    await expect(signals()).rejects.toThrow('workflow not found');
  });

  it('that accounts refuses is neither signaled nor polled', async () => {
    stage.services.answer(recordDecision, () => {
      throw refuse('own_application', 'Nobody decides an application of their own.');
    });
    const reply = await decide();
    expect([reply.status, reply.problem.code, stage.services.passedOn]).toEqual([
      403,
      'own_application',
      [recordDecision.name],
    ]);
    await expect(signals()).rejects.toThrow('workflow not found');
  });

  it('is answered 202 if accounts stops responding after storing it', async () => {
    stage.services.answer(getDecision, () => {
      throw refuse('unavailable', 'The database is not available. Try again.');
    });
    expect((await decide()).status).toBe(202);
  });

  it('is answered 202 while Temporal is unreachable, as the log says, and signals work again once it is back', async () => {
    const port = await freePort();
    const address = `127.0.0.1:${port}`;
    const settings = { ...temporal, address };
    const cutOff = await startTestService({
      nats: stage.nats,
      ...gatewayFor({ issuer: stage.issuer.issuer, temporal: settings }),
    });
    answer('recorded');
    const warnings: string[] = [];
    Logger.overrideLogger({ log() {}, error() {}, warn: (sentence: string) => warnings.push(sentence) });
    expect((await decide(cutOff.url)).status).toBe(202);
    await eventually(() => expect(warnings.join()).toContain('UNAVAILABLE'), { within: 5_000 });
    Logger.overrideLogger(false);

    const own = await startTemporal({ port });
    const toOwn = await Connection.connect({ address });
    const { workflow } = new Client({ connection: toOwn, namespace: temporal.namespace });
    answer('applied');
    await eventually(async () => {
      await decide(cutOff.url);
      expect((await workflow.getHandle(applicationWorkflowId(applicationId)).describe()).status.name).toBe('RUNNING');
    });
    await toOwn.close();
    await cutOff.close();
    await own.stop();
  });

  it('is answered while Temporal is slow to accept the signal, which is not canceled and succeeds', async () => {
    const gate = await Gate.before(temporal.address);
    const gateway = await startTestService({
      nats: stage.nats,
      ...gatewayFor({ issuer: stage.issuer.issuer, temporal: { ...temporal, address: gate.address } }),
    });
    answer('recorded');
    await decide(gateway.url);
    await eventually(async () => expect(await signals()).toHaveLength(1));
    gate.hold();
    expect((await decide(gateway.url)).status).toBe(202);
    expect(await signals()).toHaveLength(1);
    expect(gate.held().includes(brokenOff)).toBe(false);
    gate.open();
    await eventually(async () => expect(await signals()).toHaveLength(2));
    await gateway.close();
    gate.close();
  });
});

/** How HTTP/2 cancels a call: the header of an RST_STREAM frame. */
const brokenOff = Buffer.from([0, 0, 4, 3, 0]);
