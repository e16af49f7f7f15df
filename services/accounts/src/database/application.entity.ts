import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import type { ApplicationRequest, ApplicationStatus, ApplicationType, ContractFacts, Problem } from '@tenure/contracts';
import type { FilledRequest } from '../domain/request-rules.js';

/** A request that Customer Success decides. Its row judges every race about it. Instants are in the account's clock. */
export const Application = defineEntity({
  name: 'Application',
  tableName: 'applications',
  properties: {
    applicationId: p.uuid().primary(),
    organizationId: p.uuid(),
    memberId: p.uuid(),
    /** People's names are as they were when they acted. */
    applicantName: p.text(),
    idempotencyKey: p.text(),
    type: p.text().$type<ApplicationType>(),
    status: p.text().$type<ApplicationStatus>(),
    /** Assigned at submission, even for a new account. */
    accountId: p.uuid(),
    accountName: p.text(),
    customerName: p.text(),
    /** The request as it was sent, with which a repeat with the same key is compared. */
    asked: p.json<ApplicationRequest>(),
    request: p.json<FilledRequest>(),
    before: p.json<ContractFacts>().strictNullable(),
    after: p.json<ContractFacts>().strictNullable(),
    submittedAt: p.datetime(3),
    lapsesAt: p.datetime(3),
    /** Of the applied decision, for searching; null if nobody decided. */
    decidedAt: p.datetime(3).strictNullable(),
    decidedBy: p.uuid().strictNullable(),
    withdrawnBy: p.uuid().strictNullable(),
    withdrawnByName: p.text().strictNullable(),
    withdrawalKey: p.text().strictNullable(),
    endedAt: p.datetime(3).strictNullable(),
    failure: p.json<Problem>().strictNullable(),
    version: p.integer(),
  },
});
export type ApplicationRow = InferEntity<typeof Application>;
