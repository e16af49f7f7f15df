import { patched, workflowInfo } from '@temporalio/workflow';

/**
 * The engine ends a run whose history is too long, and says long before that it should go on as a new one. Read where a
 * run wakes, before it asks for anything: whatever it was woken for, the next one looks at its records first.
 */
export function isTooLong(): boolean {
  return workflowInfo().continueAsNewSuggested && patched('hands-on-when-long');
}
