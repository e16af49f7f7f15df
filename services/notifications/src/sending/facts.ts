import { Injectable } from '@nestjs/common';
import {
  applicationStatuses,
  checkManyPlans,
  DomainError,
  listRecipientsOfMany,
  mayPass,
  nameLicense,
  type AnswerOf,
  type ApplicationStatus,
  type checkPlan,
  type listRecipients,
  type Problem,
} from '@tenure/contracts';
import { Services } from '@tenure/platform';
import { audienceOf, groupOf, isForExtraAddresses } from '../domain/audience.js';
import { licenseToName, type NamedLicense } from '../domain/license-to-name.js';
import { isPlannedMoment, momentKind, whyUntrue } from '../domain/still-true.js';
import type { ClaimedNotice } from './claimed-notice.js';

type Told = AnswerOf<typeof listRecipients>;
type Plan = AnswerOf<typeof checkPlan>;

/** What accounts and licensing answer about a notice, shortly before it is sent. */
export interface Facts {
  told: Told;
  /** Null when the account has no subscription. */
  plan: Plan | null;
  /**
   * The names of the license that the text mentions besides the one in force; null when it mentions none, or when
   * licensing does not answer.
   */
  namedLicense: NamedLicense | null;
  /** Why the notice must not be sent anymore. */
  untrue: string | null;
}

/** What is known about a notice now: the facts, or why there are none. */
export type Asked = Facts | DomainError;

/** Asks other services for the facts that notices need: one message to each service, however many notices there are. */
@Injectable()
export class FactsOfNotices {
  constructor(private readonly services: Services) {}

  /**
   * Returns the facts by notice id. A refusal concerns one notice; a service that does not answer concerns all notices
   * that need it.
   * @param toWrite whether their letters are about to be written: then also fetches calendar addresses, which accounts
   * creates for each reminder, and license names
   */
  async ask(notices: readonly ClaimedNotice[], { toWrite }: { toWrite: boolean }): Promise<Map<string, Asked>> {
    const withPlan = notices.filter(({ accountId }) => accountId !== null);
    const [told, plans] = await Promise.all([this.#told(notices, toWrite), this.#plans(withPlan)]);
    const named = toWrite ? notices.flatMap((notice) => licenseIn(notice, told) ?? []) : [];
    const licenses = await this.#licenseNames(named);
    const facts = (notice: ClaimedNotice): Asked => {
      const { noticeId, kind } = notice;
      const [itsTold, plan] = [told.get(noticeId)!, planFor(notice, plans)];
      if (itsTold instanceof DomainError) return itsTold;
      if (plan instanceof DomainError) return plan;
      return {
        told: itsTold,
        plan,
        namedLicense: licenses.get(licenseIn(notice, told) ?? '') ?? null,
        untrue: whyUntrue(kind, { applicationStatus: statusOf(itsTold), plan }),
      };
    };
    return new Map(notices.map((notice) => [notice.noticeId, facts(notice)]));
  }

  #told(notices: readonly ClaimedNotice[], toWrite: boolean): Promise<Map<string, Told | DomainError>> {
    return askAboutEach(notices, (some) =>
      this.services.ask(listRecipientsOfMany, {
        asks: some.map(({ kind, organizationId, accountId, applicationId }) => ({
          audience: audienceOf(kind),
          group: groupOf(kind),
          organizationId,
          accountId,
          applicationId,
          ...(isForExtraAddresses(kind) && { extraAddresses: true }),
          ...(toWrite && kind === 'reminder' && { calendar: true }),
        })),
      }),
    );
  }

  #plans(notices: readonly ClaimedNotice[]): Promise<Map<string, Plan | DomainError>> {
    return askAboutEach(notices, (some) =>
      this.services.ask(checkManyPlans, {
        asks: some.map((notice) => ({
          accountId: notice.accountId!,
          termNumber: notice.termNumber,
          kind: momentKind(notice),
        })),
      }),
    );
  }

  /** Falls back to the code: no notice waits for a name. */
  async #licenseNames(codes: readonly string[]): Promise<Map<string, NamedLicense>> {
    const named = await Promise.all(
      [...new Set(codes)].map((code) =>
        this.services.ask(nameLicense, { license: code }).then(
          ({ names }): [string, NamedLicense][] => [[code, { code, names }]],
          () => [],
        ),
      ),
    );
    return new Map(named.flat());
  }
}

/**
 * The answer for each notice, by its id. A request that is too large for one message is split in halves, and so is one
 * that cannot be answered: a single notice may be the cause, and must not affect the others.
 */
async function askAboutEach<A>(
  notices: readonly ClaimedNotice[],
  ask: (some: readonly ClaimedNotice[]) => Promise<{ items: ({ answer: A } | { problem: Problem })[] }>,
): Promise<Map<string, A | DomainError>> {
  if (notices.length === 0) return new Map();
  try {
    const { items } = await ask(notices);
    return new Map(notices.map(({ noticeId }, index) => [noticeId, answerFrom(items[index]!)]));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (!['payload_too_large', 'internal', 'invalid'].includes(error.code) || notices.length === 1)
      return new Map(notices.map(({ noticeId }) => [noticeId, error]));
    const half = Math.ceil(notices.length / 2);
    const halves = [notices.slice(0, half), notices.slice(half)].map((some) => askAboutEach(some, ask));
    return new Map((await Promise.all(halves)).flatMap((answers) => [...answers]));
  }
}

function answerFrom<A>(item: { answer: A } | { problem: Problem }): A | DomainError {
  return 'answer' in item ? item.answer : new DomainError(item.problem);
}

/** A notice about an event is sent even if licensing knows no subscription; it then has no figures. */
function planFor({ noticeId, kind }: ClaimedNotice, plans: Map<string, Plan | DomainError>): Plan | DomainError | null {
  const plan = plans.get(noticeId) ?? null;
  const isNeedless = plan instanceof DomainError && plan.code === 'not_found' && !isPlannedMoment(kind);
  return isNeedless ? null : plan;
}

/** The code of the license that a notice's text mentions besides the one in force. */
function licenseIn({ noticeId, kind }: ClaimedNotice, told: Map<string, Told | DomainError>): string | null {
  const answer = told.get(noticeId);
  return answer === undefined || answer instanceof DomainError ? null : licenseToName(kind, answer.application);
}

function statusOf({ application }: Told): ApplicationStatus | null {
  return applicationStatuses.find((status) => status === application?.status) ?? null;
}

/** Not a refusal: the same request may succeed later. An instance of another version may not understand the request. */
export function isUnreachable(refusal: DomainError): boolean {
  return mayPass(refusal) || refusal.code === 'invalid';
}
