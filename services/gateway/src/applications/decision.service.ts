import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { ServiceError } from '@temporalio/client';
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
import { crashPoint, Services } from '@tenure/platform/messaging';
import { growingPauses } from '../domain/pauses.js';
import { ApplicationWorkflows } from '../temporal/application-workflows.js';
import { SettledApplications } from './settled-applications.js';

/** How long a decision waits for its outcome before it answers 202, in milliseconds. */
const outcomeTimeout = 3_000;
/** How long to wait for an event before asking anyway: refused and late decisions publish none. In milliseconds. */
const polling = { first: 400, longest: 800 };
/**
 * How long an approval waits for provisioning before it answers, in milliseconds: most callers then need not ask again.
 */
const provisioningTimeout = 500;

type About = RequestOf<typeof getDecision>;
type Answer = AnswerOf<typeof getDecision>;
type Outcome = { settled: true; application: ApplicationView } | { settled: false; decisionId: string };

/** Stores a decision in accounts, signals it to the application's workflow, and polls until it is settled. */
@Injectable()
export class DecisionService {
  readonly #log = new Logger('Decisions');

  constructor(
    private readonly services: Services,
    private readonly workflows: ApplicationWorkflows,
    private readonly settled: SettledApplications,
  ) {}

  /**
   * Settled only when accounts says so: an accepted signal means nothing yet. A retry with the same key gets the first
   * one's outcome.
   * @throws application_already_decided with the application as it stands, the problem of a refused approval,
   * own_application, not_found
   */
  async decide(actor: Actor, decision: Omit<RequestOf<typeof recordDecision>, 'actor'>): Promise<Outcome> {
    const until = performance.now() + outcomeTimeout;
    const { applicationId } = decision;
    const { decisionId, outcome } = await this.services.ask(recordDecision, { actor, ...decision });
    crashPoint('gateway.decision.recorded');
    const about = { actor, applicationId, decisionId };
    const answer = outcome === 'recorded' ? await this.#signalAndWait(about, until) : await this.#ask(about);
    return answer ? { settled: true, application: appliedTo(answer) } : { settled: false, decisionId };
  }

  /**
   * Asks for the outcome when an event says that the application is settled (waiting briefly for provisioning too), and
   * also periodically. Undefined if it takes too long.
   */
  async #signalAndWait(about: About, until: number): Promise<Answer | undefined> {
    const { settled, ended, stop } = this.settled.listenTo(about.applicationId);
    try {
      void this.#signal(about);
      let hasEvent = false;
      for (const pause of growingPauses(polling.first, polling.longest)) {
        if (performance.now() + pause > until) return undefined;
        if (hasEvent) await delay(pause);
        else if ((hasEvent = await within(pause, settled))) await within(provisioningTimeout, ended);
        const answer = await this.#ask(about);
        if (answer) return answer;
      }
      return undefined;
    } finally {
      stop();
    }
  }

  /**
   * Never rejects, and nobody waits for it, because only the outcome counts. If the signal fails, accounts' event about
   * the decision reaches the workflows process and replaces it.
   */
  async #signal({ applicationId, decisionId }: About): Promise<void> {
    try {
      await this.workflows.decide(applicationId, decisionId);
    } catch (error) {
      const cause = error instanceof ServiceError ? error.cause : error;
      this.#log.warn(`The signal of decision ${decisionId} failed: ${String(cause)}`);
    }
  }

  /**
   * Undefined while it is being settled, and also if accounts does not respond: the decision is stored, so it is not
   * refused.
   */
  async #ask(about: About): Promise<Answer | undefined> {
    try {
      const answer = await this.services.ask(getDecision, about, { timeout: 1_000 });
      return answer.decision.outcome === 'recorded' ? undefined : answer;
    } catch (error) {
      if (error instanceof DomainError && error.problem.status >= 500) return undefined;
      throw error;
    }
  }
}

/** Whether the event happens within the given milliseconds. */
async function within(milliseconds: number, event: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, milliseconds, false)));
  const came = await Promise.race([event.then(() => true), tooLate]);
  clearTimeout(timer);
  return came;
}

/** The application, if the decision was applied. @throws the reason if it was not */
function appliedTo({ decision, application }: Answer): ApplicationView {
  if (decision.outcome === 'applied') return application;
  if (decision.outcome === 'too_late')
    throw refuse('application_already_decided', 'This application has already been decided.', { current: application });
  const why = decision.problem ?? problem('contract_refused', 'This cannot be approved as things stand.');
  throw new DomainError({ ...why, current: application });
}
