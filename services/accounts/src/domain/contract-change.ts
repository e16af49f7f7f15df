import type { ContractChange } from '@tenure/contracts';
import type { FilledRequest } from './request-rules.js';

/** What licensing previews and what is provisioned: the part of the request that concerns the contract. */
export function contractChange(
  request: FilledRequest,
  { accountId, organizationId, submittedAt }: { accountId: string; organizationId: string; submittedAt?: Date },
): ContractChange {
  switch (request.type) {
    case 'new_account': {
      const { type, country, timeZone, license, datapoints, rtcLines, months } = request;
      return { type, accountId, organizationId, country, timeZone, license, datapoints, rtcLines, months };
    }
    case 'change_datapoints':
      return { type: request.type, accountId, datapoints: request.datapoints };
    case 'change_license':
      return { type: request.type, accountId, license: request.license };
    case 'renew_subscription':
      return {
        type: request.type,
        accountId,
        months: request.months,
        ...(submittedAt && { submittedAt: submittedAt.toISOString() }),
      };
  }
}
