import {
  advancePolicyChange,
  applyChange,
  cancelSubscription,
  createAccount,
  discardAccount,
  expireSubscription,
  failApplication,
  fulfillApplication,
  getTimeline,
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

/** All that workflows ask of services; each is one activity of the same name. */
export const requests = {
  advancePolicyChange,
  applyChange,
  cancelSubscription,
  createAccount,
  discardAccount,
  expireSubscription,
  failApplication,
  fulfillApplication,
  getTimeline,
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
  [Name in Exclude<RequestName, 'getTimeline'>]: (
    body: AskOf<(typeof requests)[Name]>,
  ) => Promise<AnswerOf<(typeof requests)[Name]>>;
} & { getTimeline: (body: LookAsked) => Promise<Look> };
