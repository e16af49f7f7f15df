import { z } from 'zod';
import { contractFacts } from '../licensing/contract.js';
import { request } from '../message.js';
import { problemSchema } from '../problem.js';
import { done, uuid } from '../values.js';

/**
 * Creates the account of an approved application; nobody sees it until the application is fulfilled. @throws
 * step_undone if it was discarded before
 */
export const createAccount = request(
  'accounts.account.create',
  ['workflows'],
  z.strictObject({ applicationId: uuid }),
  z.object({ accountId: uuid }),
);

/** Undoes `accounts.account.create`, even if that arrives later. */
export const discardAccount = request(
  'accounts.account.discard',
  ['workflows'],
  z.strictObject({ applicationId: uuid }),
  done,
);

/** Makes the approved account (new) or change visible, with `account.created` or `application.fulfilled`. */
export const fulfillApplication = request(
  'accounts.application.fulfill',
  ['workflows'],
  z.strictObject({ applicationId: uuid, after: contractFacts }),
  done,
);

/** Fails the application after provisioning was undone, which frees its name. */
export const failApplication = request(
  'accounts.application.fail',
  ['workflows'],
  z.strictObject({ applicationId: uuid, problem: problemSchema }),
  done,
);
