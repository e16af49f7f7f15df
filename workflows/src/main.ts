import { startService } from '@tenure/platform/messaging';
import { installRuntime } from './worker/runtime.js';
import { WorkerModule } from './worker.module.js';
import { settings } from './settings.js';

// Workflows read no time zone but UTC, whatever the machine's is.
process.env['TZ'] = 'UTC';
installRuntime();
await startService({ name: 'workflows', module: WorkerModule, settings });
