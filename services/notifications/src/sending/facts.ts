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

/** What accounts and licensing say of a notice, shortly before it is sent. */
export interface Facts {
  told: Told;
  /** Null when the account has no subscription. */
  plan: Plan | null;
  /** What people call the license that the text names besides the one in force; null where it names none, or where nobody says. */
  namedLicense: NamedLicense | null;
  /** Why the notice must not be sent any more. */
  untrue: string | null;
}

/** What is known of a notice now: facts, or why there are none. */
export type Asked = Facts | DomainError;

/** Asks other services for what notices need: one message to each, however many notices there are. */
@Injectable()
export class FactsOfNotices {
  constructor(private readonly services: Services) {}

  /**
   * By the notices' ids. A refusal is that of one notice; a service that does not answer is that of all that need it.
   * @param toWrite their letters are to be written: with the address of a calendar, which accounts makes for each, and
   * with the names of licenses
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

  /** A code says enough: no notice waits for a name. */
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
 * The answer for each notice, by its id. What is too much for one message is asked for in halves, and so is what nobody
 * can answer: that may be because of one notice, which does not take the others along.
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

/** What happened once is told although licensing knows no subscription; then there are no figures. */
function planFor({ noticeId, kind }: ClaimedNotice, plans: Map<string, Plan | DomainError>): Plan | DomainError | null {
  const plan = plans.get(noticeId) ?? null;
  const isNeedless = plan instanceof DomainError && plan.code === 'not_found' && !isPlannedMoment(kind);
  return isNeedless ? null : plan;
}

/** The code of the license that the text of a notice names besides the one in force. */
function licenseIn({ noticeId, kind }: ClaimedNotice, told: Map<string, Told | DomainError>): string | null {
  const answer = told.get(noticeId);
  return answer === undefined || answer instanceof DomainError ? null : licenseToName(kind, answer.application);
}

function statusOf({ application }: Told): ApplicationStatus | null {
  return applicationStatuses.find((status) => status === application?.status) ?? null;
}

/** Nobody said no: the same may be asked again later. An instance of another version may not know what it is asked. */
export function isOutOfReach(refusal: DomainError): boolean {
  return mayPass(refusal) || refusal.code === 'invalid';
}
