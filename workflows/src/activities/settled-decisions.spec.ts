import { randomUUID } from 'node:crypto';
import { inspectDecision, settleDecision, type Client } from '@tenure/contracts';
import { SettledDecisions } from './settled-decisions.js';

const answering = { ask: async () => ({}) } as unknown as Client;
const refusing = { ask: () => Promise.reject(new Error('unreachable')) } as unknown as Client;
const settlement = () => ({ applicationId: randomUUID(), decisionId: randomUUID(), preview: null });

describe('a decision', () => {
  it('is settled once accounts has answered', async () => {
    const settled = new SettledDecisions();
    const body = settlement();
    await settled.notedFrom(answering).ask(settleDecision, body);
    expect([settled.has(body.decisionId), settled.has(randomUUID())]).toEqual([true, false]);
  });

  it('is not settled while accounts does not answer', async () => {
    const settled = new SettledDecisions();
    const body = settlement();
    await expect(settled.notedFrom(refusing).ask(settleDecision, body)).rejects.toThrow('unreachable');
    expect(settled.has(body.decisionId)).toBe(false);
  });

  it('is forgotten after ten thousand newer ones', async () => {
    const settled = new SettledDecisions();
    const services = settled.notedFrom(answering);
    const bodies = Array.from({ length: 10_001 }, settlement);
    for (const body of bodies) await services.ask(settleDecision, body);
    expect([settled.has(bodies[0]!.decisionId), settled.has(bodies[1]!.decisionId)]).toEqual([false, true]);
  });
});

it('does not count a decision as settled that was only read', async () => {
  const settled = new SettledDecisions();
  const { applicationId, decisionId } = settlement();
  await settled.notedFrom(answering).ask(inspectDecision, { applicationId, decisionId });
  expect(settled.has(decisionId)).toBe(false);
});
