import { changePolicy, getPolicy, policyChangeView, policyTrial, previewPolicy, uuid } from '@tenure/contracts';
import { z } from 'zod';
import { route } from '../routes/route.js';

const { policy } = changePolicy.request.shape;
const oneChange = z.strictObject({ version: z.int().min(2).max(1_000_000_000) });

export const seePolicy = route({
  method: 'get',
  path: '/reminder-policy',
  action: 'see_reminder_policy',
  summary: 'Which reminders there are, and when they go out',
  description:
    "The organization's newest version, and how far it has been applied to the subscriptions that there were. A SuperAdmin sees the own organization's, Customer Success any by `organizationId`.",
  query: z.strictObject({ organizationId: uuid.optional() }),
  answer: getPolicy.answer,
  errors: ['not_found'],
});

export const previewPolicyRoute = route({
  method: 'post',
  path: '/reminder-policy/preview',
  action: 'preview_reminder_policy',
  summary: 'What would each subscription send or skip?',
  description:
    'Stores nothing. How many live subscriptions are touched, what it does to them, and examples with both timelines, in which what was sent is `sent`; `next` is the `cursor` of the following page of examples.',
  body: z.strictObject({ ...policy.shape, cursor: previewPolicy.request.shape.cursor }),
  answer: policyTrial,
});

export const changePolicyRoute = route({
  method: 'post',
  path: '/reminder-policy',
  action: 'change_reminder_policy',
  summary: 'Choose other reminders',
  description:
    'A new version, which what is opened or renewed from now on has; live subscriptions are moved to it a batch at a time. Nothing is sent twice, and nothing that only the change made overdue. `replaces` is the version that you saw: if it is no longer the newest, you hear what holds, in `current`. Ends a change that is still being applied.',
  body: z.strictObject({ ...policy.shape, replaces: changePolicy.request.shape.replaces }),
  idempotent: true,
  answer: changePolicy.answer,
  errors: ['policy_changed'],
});

export const stopPolicyChangeRoute = route({
  method: 'post',
  path: '/reminder-policy/changes/{version}/stop',
  action: 'stop_policy_change',
  summary: 'Stop moving subscriptions to a version',
  description: 'Those that were moved stay moved. One that has ended stays as it is.',
  params: oneChange,
  body: z.strictObject({}),
  answer: policyChangeView,
  errors: ['not_found'],
});

export const continuePolicyChangeRoute = route({
  method: 'post',
  path: '/reminder-policy/changes/{version}/continue',
  action: 'continue_policy_change',
  summary: 'Go on with a change that was stopped',
  params: oneChange,
  body: z.strictObject({}),
  answer: policyChangeView,
  errors: ['not_found'],
});
