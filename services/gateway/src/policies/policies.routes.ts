import { changePolicy, getPolicy, policyChangeView, policyTrial, previewPolicy, uuid } from '@tenure/contracts';
import { z } from 'zod';
import { route } from '../routes/route.js';

const { policy } = changePolicy.request.shape;
const oneChange = z.strictObject({ version: z.int().min(2).max(1_000_000_000) });

export const seePolicy = route({
  method: 'get',
  path: '/reminder-policy',
  action: 'see_reminder_policy',
  summary: 'Get the reminder policy',
  description:
    "The newest version of the organization's policy, and how far it has been applied to existing subscriptions. A SuperAdmin sees the policy of their organization; Customer Success can name any organization by `organizationId`.",
  query: z.strictObject({ organizationId: uuid.optional() }),
  answer: getPolicy.answer,
  errors: ['not_found'],
});

export const previewPolicyRoute = route({
  method: 'post',
  path: '/reminder-policy/preview',
  action: 'preview_reminder_policy',
  summary: 'Preview which reminders a new policy would send or skip',
  description:
    'Stores nothing. Returns how many live subscriptions are affected, what changes for them, and examples with the timelines before and after, in which reminders that were sent are `sent`. `next` is the `cursor` of the next page of examples.',
  body: z.strictObject({ ...policy.shape, cursor: previewPolicy.request.shape.cursor }),
  answer: policyTrial,
});

export const changePolicyRoute = route({
  method: 'post',
  path: '/reminder-policy',
  action: 'change_reminder_policy',
  summary: 'Change the reminder policy',
  description:
    'Creates a new version for subscriptions that are opened or renewed from now on; live subscriptions are moved to it in batches. No reminder is sent twice, and none is sent that is overdue only because of the change. `replaces` is the version that you saw; if it is no longer the newest, the refusal has the newest in `current`. Ends a previous change that is still being applied.',
  body: z.strictObject({
    ...policy.shape,
    replaces: changePolicy.request.shape.replaces.describe('The version that you saw.'),
  }),
  idempotent: true,
  answer: changePolicy.answer,
  errors: ['policy_changed'],
});

export const stopPolicyChangeRoute = route({
  method: 'post',
  path: '/reminder-policy/changes/{version}/stop',
  action: 'stop_policy_change',
  summary: 'Stop moving subscriptions to a version',
  description: 'Subscriptions that were moved already keep the version. A change that has ended stays as it is.',
  params: oneChange,
  body: z.strictObject({}),
  answer: policyChangeView,
  errors: ['not_found'],
});

export const continuePolicyChangeRoute = route({
  method: 'post',
  path: '/reminder-policy/changes/{version}/continue',
  action: 'continue_policy_change',
  summary: 'Continue a policy change that was stopped',
  params: oneChange,
  body: z.strictObject({}),
  answer: policyChangeView,
  errors: ['not_found'],
});
