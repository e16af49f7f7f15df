import { sleep } from '@temporalio/workflow';
import { application as unchangedApplication } from '../application.js';
import { policyChange as unchangedPolicyChange } from '../policy-change.js';
import { subscription as unchangedSubscription } from '../subscription.js';

/** The workflows with one step more than those whose histories were recorded: what a careless change looks like. */
export async function application(...args: Parameters<typeof unchangedApplication>) {
  await sleep(1_000);
  return unchangedApplication(...args);
}

export async function subscription(...args: Parameters<typeof unchangedSubscription>) {
  await sleep(1_000);
  return unchangedSubscription(...args);
}

export async function policyChange(...args: Parameters<typeof unchangedPolicyChange>) {
  await sleep(1_000);
  return unchangedPolicyChange(...args);
}
