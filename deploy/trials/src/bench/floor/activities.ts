/** The requests of Tenure's workflows to services for one approved new account; each is a local activity. */
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

/** Answer immediately and do nothing. */
export const activities = {
  async answer(step: Step): Promise<{ step: Step }> {
    return { step };
  },

  /** Notifies the process that started this worker. */
  async woke(workflowId: string): Promise<void> {
    process.send?.({ woke: workflowId });
  },
};
export type Activities = typeof activities;
