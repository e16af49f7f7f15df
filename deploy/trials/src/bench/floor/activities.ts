/** What Tenure's workflows ask of services for one new account that is approved; one local activity each. */
export type Step =
  | 'inspectApplication'
  | 'inspectDecision'
  | 'previewContract'
  | 'settleDecision'
  | 'createAccount'
  | 'openSubscription'
  | 'fulfillApplication'
  | 'requestNotice'
  | 'getTimeline';

/** Answers at once, and does nothing. */
export const activities = {
  async answer(step: Step): Promise<{ step: Step }> {
    return { step };
  },

  /** Tells whoever started this worker. */
  async woke(workflowId: string): Promise<void> {
    process.send?.({ woke: workflowId });
  },
};
export type Activities = typeof activities;
