import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import {
  DomainError,
  getDecision,
  problem,
  recordDecision,
  refuse,
  type Actor,
  type AnswerOf,
  type ApplicationView,
  type RequestOf,
} from '@tenure/contracts';
import { Services } from '@tenure/platform';
import { growingPauses } from '../domain/pauses.js';
import { ApplicationWorkflows } from '../temporal/application-workflows.js';

/** How long an approval waits for its outcome before it answers 202, in milliseconds. */
const patience = 3_000;

type Outcome = { settled: true; application: ApplicationView } | { settled: false; decisionId: string };

/** A decision is stored in accounts, told to its workflow by a signal, and asked for until it is settled. */
@Injectable()
export class DecisionService {
  readonly #log = new Logger('Decisions');

  constructor(
    private readonly services: Services,
    private readonly workflows: ApplicationWorkflows,
  ) {}

  /**
   * Settled only when accounts says so: that a signal was accepted means nothing yet. A repeat with the same key gets
   * the first one's outcome.
   * @throws application_already_decided with what holds, the problem of a refused approval, own_application, not_found
   */
  async decide(actor: Actor, decision: Omit<RequestOf<typeof recordDecision>, 'actor'>): Promise<Outcome> {
    const until = Date.now() + patience;
    const { applicationId } = decision;
    const { decisionId, outcome } = await this.services.ask(recordDecision, { actor, ...decision });
    if (outcome === 'recorded') await this.#signal(applicationId, decisionId);
    for (const pause of growingPauses(10, 250)) {
      const answer = await this.#outcome(actor, applicationId, decisionId);
      const settled = answer && settledApplication(answer);
      if (settled) return { settled: true, application: settled };
      if (Date.now() + pause > until) return { settled: false, decisionId };
      await delay(pause);
    }
    return { settled: false, decisionId };
  }

  /** A signal that does not get through is made up for: accounts has told the workflows process of the decision too. */
  async #signal(applicationId: string, decisionId: string): Promise<void> {
    try {
      await this.workflows.decide(applicationId, decisionId);
    } catch (error) {
      this.#log.warn(`The signal of decision ${decisionId} did not get through: ${String(error)}`);
    }
  }

  /** The decision is stored: that accounts does not answer now is no reason to call it refused. */
  async #outcome(actor: Actor, applicationId: string, decisionId: string) {
    try {
      return await this.services.ask(getDecision, { actor, applicationId, decisionId }, { timeout: 1_000 });
    } catch (error) {
      if (error instanceof DomainError && error.problem.status >= 500) return undefined;
      throw error;
    }
  }
}

/** The application once its decision is applied; undefined while it is being settled. @throws what it was refused with */
function settledApplication({ decision, application }: AnswerOf<typeof getDecision>): ApplicationView | undefined {
  switch (decision.outcome) {
    case 'recorded':
      return undefined;
    case 'applied':
      return application;
    case 'too_late':
      throw refuse('application_already_decided', 'This application is decided already', { current: application });
    case 'refused': {
      const why = decision.problem ?? problem('contract_refused', 'This cannot be approved as things stand');
      throw new DomainError({ ...why, current: application });
    }
  }
}
