import { Injectable } from '@nestjs/common';
import {
  applicationStatuses,
  checkPlan,
  DomainError,
  listRecipients,
  nameLicense,
  type AnswerOf,
  type ApplicationStatus,
} from '@tenure/contracts';
import { Services } from '@tenure/platform';
import { audienceOf } from '../domain/audience.js';
import { licenseToName, type NamedLicense } from '../domain/license-to-name.js';
import { isPlannedMoment, momentKind, whyUntrue } from '../domain/still-true.js';
import type { ClaimedNotice } from './claim.js';

/** What accounts and licensing say of a notice, shortly before it is sent. */
export interface Facts {
  told: AnswerOf<typeof listRecipients>;
  /** Null when the account has no subscription. */
  plan: AnswerOf<typeof checkPlan> | null;
  /** What people call the license that the text names besides the one in force; null where it names none, or where nobody says. */
  namedLicense: NamedLicense | null;
  /** Why the notice must not be sent any more. */
  untrue: string | null;
  /** When they were asked for, by `performance.now()`: before the answers came. */
  askedAt: number;
}

/** Asks other services for what a notice needs. */
@Injectable()
export class FactsOfNotices {
  constructor(private readonly services: Services) {}

  /** @throws DomainError as the services refuse, or `unavailable`, `timeout`, `busy` when they do not answer */
  async ask(notice: ClaimedNotice): Promise<Facts> {
    const askedAt = performance.now();
    const { kind, organizationId, accountId, applicationId } = notice;
    const [told, plan] = await Promise.all([
      this.services.ask(listRecipients, { audience: audienceOf(kind), organizationId, accountId, applicationId }),
      this.#plan(notice),
    ]);
    return {
      told,
      plan,
      namedLicense: await this.#nameLicense(licenseToName(kind, told.application)),
      untrue: whyUntrue(kind, { applicationStatus: statusOf(told), plan }),
      askedAt,
    };
  }

  /** Its code says enough: no notice waits for its name. */
  async #nameLicense(code: string | null): Promise<NamedLicense | null> {
    if (code === null) return null;
    return this.services.ask(nameLicense, { license: code }).then(
      ({ names }) => ({ code, names }),
      () => null,
    );
  }

  async #plan(notice: ClaimedNotice): Promise<Facts['plan']> {
    const { kind, accountId, termNumber } = notice;
    if (accountId === null) return null;
    try {
      return await this.services.ask(checkPlan, { accountId, termNumber, kind: momentKind(notice) });
    } catch (error) {
      const needless = error instanceof DomainError && error.code === 'not_found' && !isPlannedMoment(kind);
      if (needless) return null;
      throw error;
    }
  }
}

function statusOf({ application }: Facts['told']): ApplicationStatus | null {
  return applicationStatuses.find((status) => status === application?.status) ?? null;
}

/** Nobody said no: the same may be asked again later. */
export function isOutOfReach({ code }: DomainError): boolean {
  return ['unavailable', 'timeout', 'busy', 'internal'].includes(code);
}
