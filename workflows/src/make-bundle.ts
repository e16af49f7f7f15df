import { workflowBundle } from './bundle.js';

const { codePath, buildId } = await workflowBundle();
console.log(`${codePath} is the workflow bundle ${buildId}.`);
