import { Injectable } from '@nestjs/common';
import {
  answerIn,
  oneOf,
  previewContract,
  requireCustomerSuccess,
  type AnswerOf,
  type checkApplications,
  type Preview,
  type RequestOf,
} from '@tenure/contracts';
import { Database, readRows, Services, Slots } from '@tenure/platform';
import { Settings } from '../settings.js';
import { Application, type ApplicationRow } from '../database/application.entity.js';
import { Member } from '../database/member.entity.js';
import { contractChange } from '../domain/contract-change.js';
import { reviewDeadlines } from '../domain/deadlines.js';
import { hasLeft } from '../domain/applicant.js';
import { reviewersZone } from './reviewers-zone.js';

/** How long to wait for a preview and its turn, in milliseconds: less than the gateway waits for all of them. */
const patience = 4_000;
/**
 * Previews in progress, for all reviewers together. Each open queue asks for up to 200, every minute and after the same
 * changes; licensing answers that many requests at once, from everybody, and refuses the others as `busy`.
 */
const atOnce = 25;

/** What reviewers see next to an application: the same check that its approval will have to pass. */
@Injectable()
export class CheckService {
  readonly #slots = new Slots(atOnce);

  constructor(
    private readonly database: Database,
    private readonly services: Services,
    private readonly settings: Settings,
  ) {}

  /**
   * In the order of `applicationIds`.
   * @throws forbidden; licensing's error, if it fails for every pending application
   */
  async check({
    actor,
    applicationIds,
  }: RequestOf<typeof checkApplications>): Promise<AnswerOf<typeof checkApplications>> {
    requireCustomerSuccess(actor);
    // Read with the service's role: row-level security would hide other organizations' members and the operator's zone.
    const { applications, applicants, timeZone } = await this.database.asService(async (em) => {
      const [applications, timeZone] = await Promise.all([
        readRows(em, Application, { applicationId: applicationIds }),
        reviewersZone(em),
      ]);
      const members = await readRows(em, Member, {
        memberId: [...new Set(applications.map(({ memberId }) => memberId))],
      });
      return {
        applications: new Map(applications.map((application) => [application.applicationId, application])),
        applicants: new Map(members.map((member) => [member.memberId, member])),
        timeZone,
      };
    });
    const known = applicationIds.flatMap((applicationId) => applications.get(applicationId) ?? []);
    const previews = await this.#previews(known.filter(({ status }) => status === 'pending'));
    const { remindAfterWorkingDays, escalateAfterWorkingDays } = this.settings.review;
    const items = known.map((application) => {
      const { remindAt, escalateAt } = reviewDeadlines(application, timeZone, this.settings.review);
      const applicant = applicants.get(application.memberId);
      return {
        applicationId: application.applicationId,
        preview: previews.get(application.applicationId) ?? null,
        applicantLanguage: applicant?.language ?? ('en' as const),
        applicantEmail: hasLeft(applicant, application) ? null : applicant!.email,
        remindAt: remindAt.toISOString(),
        escalateAt: escalateAt.toISOString(),
        ...{ remindAfterWorkingDays, escalateAfterWorkingDays },
      };
    });
    return { items };
  }

  /** The previews by application id. One that licensing cannot calculate is missing, and does not affect the others. */
  async #previews(applications: readonly ApplicationRow[]): Promise<Map<string, Preview>> {
    const judged = await Promise.all(applications.map((application) => oneOf(this.#preview(application))));
    const answered = judged.flatMap((one, index) =>
      'answer' in one ? [[applications[index]!.applicationId, one.answer] as const] : [],
    );
    if (answered.length === 0) judged.forEach(answerIn);
    return new Map(answered);
  }

  #preview(application: ApplicationRow): Promise<Preview> {
    const change = contractChange(application.request, application);
    const until = performance.now() + patience;
    return this.#slots.run(() => {
      const timeout = Math.max(1, until - performance.now());
      return this.services.ask(previewContract, { change, asOf: null }, { timeout });
    });
  }
}
