import { Logger } from '@nestjs/common';
import { DefaultLogger, Runtime, type LogLevel } from '@temporalio/worker';

/** The engine's own log goes where the process's does; its signal handlers are left out, since the process is Nest's to end. */
export function installRuntime(level: LogLevel = 'WARN'): void {
  const log = new Logger('Temporal');
  const logger = new DefaultLogger(level, (entry) => {
    const fields = { ...entry.meta, message: entry.message };
    if (entry.level === 'ERROR') log.error(fields);
    else log.warn(fields);
  });
  const runtime = Runtime.install({
    logger,
    telemetryOptions: { logging: { forward: {}, filter: level } },
    shutdownSignals: [],
  });
  // To bring them in order, the runtime collects all entries of the SDK, several for each turn of a workflow, before
  // the logger above drops those that lie under its level.
  Object.assign(runtime.logger, { trace: ignore, debug: ignore, info: ignore });
}

function ignore(): void {}
