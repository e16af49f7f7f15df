import {
  advancePolicyChange,
  applyChange,
  cancelSubscription,
  createAccount,
  discardAccount,
  expireSubscription,
  failApplication,
  fulfillApplication,
  getManyTimelines,
  inspectApplication,
  inspectDecision,
  lapseApplication,
  openSubscription,
  previewContract,
  requestManyNotices,
  requestNotice,
  settleDecision,
  type AnswerOf,
  type AskOf,
} from '@tenure/contracts';
import type { Look, LookAsked } from './look.js';

/**
 * All requests from workflows to services. Each is an activity of the same name, except `getManyTimelines`, which the
 * activity `getTimeline` sends.
 */
export const requests = {
  advancePolicyChange,
  applyChange,
  cancelSubscription,
  createAccount,
  discardAccount,
  expireSubscription,
  failApplication,
  fulfillApplication,
  getManyTimelines,
  inspectApplication,
  inspectDecision,
  lapseApplication,
  openSubscription,
  previewContract,
  requestManyNotices,
  requestNotice,
  settleDecision,
};

export type RequestName = keyof typeof requests;

export type Activities = {
  [Name in Exclude<RequestName, 'getManyTimelines'>]: (
    body: AskOf<(typeof requests)[Name]>,
  ) => Promise<AnswerOf<(typeof requests)[Name]>>;
} & { getTimeline: (body: LookAsked) => Promise<Look> };
