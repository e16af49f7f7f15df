import { patched, workflowInfo } from '@temporalio/workflow';

/**
 * Temporal terminates a run whose history is too long, and suggests long before that to continue as new. Check this
 * when a run wakes, before it makes any request: whatever woke the run, the next one reads the records first.
 */
export function isTooLong(): boolean {
  return workflowInfo().continueAsNewSuggested && patched('hands-on-when-long');
}
