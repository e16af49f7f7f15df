/**
 * Loaded once for all workflows of a worker, while other modules are loaded for each workflow: nothing that is imported
 * here may keep a workflow's state.
 */
import '@temporalio/workflow';

/**
 * The SDK captures a stack trace for each promise of a workflow, so that operators can see where the workflow stands.
 * With ten lines each, as by default, they take a third of a workflow task. Three of these four lines are shown (the
 * other is the SDK's), and each `await` that a workflow is in has its own.
 */
Error.stackTraceLimit = 4;
