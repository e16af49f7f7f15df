import { CancellationScope } from '@temporalio/workflow';

/** Goes on although the workflow was cancelled, but for what is done `interruptibly` within. */
export function uninterrupted<T>(work: () => Promise<T>): Promise<T> {
  return CancellationScope.nonCancellable(work);
}

/** Within `uninterrupted`: a cancellation of the workflow ends it. @throws CancelledFailure */
export function interruptibly<T>(work: () => Promise<T>): Promise<T> {
  return CancellationScope.current().parent!.run(work);
}
