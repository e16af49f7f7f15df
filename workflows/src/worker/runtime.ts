import { Logger } from '@nestjs/common';
import { DefaultLogger, Runtime } from '@temporalio/worker';

/** The engine's own log goes where the process's does; its signal handlers are left out, since the process is Nest's to end. */
export function installRuntime(): void {
  const log = new Logger('Temporal');
  const logger = new DefaultLogger('WARN', ({ level, message, meta }) => {
    const entry = { message, ...meta };
    if (level === 'ERROR') log.error(entry);
    else log.warn(entry);
  });
  Runtime.install({ logger, shutdownSignals: [] });
}
