import { Logger } from '@nestjs/common';
import { DefaultLogger, Runtime, type LogLevel } from '@temporalio/worker';

/** Sends the Temporal SDK's log to the process's log. No signal handlers: Nest shuts the process down. */
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
  // To put them in order, the runtime buffers all log entries of the SDK, several per workflow task, before the logger
  // above drops those below its level.
  Object.assign(runtime.logger, { trace: ignore, debug: ignore, info: ignore });
}

function ignore(): void {}
