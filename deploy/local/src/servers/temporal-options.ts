import { searchAttributes } from '@tenure/contracts';

export const temporalNamespace = 'tenure';

const dynamicConfig = [
  // By which one workflow's clock can be moved.
  'frontend.WorkflowTimeSkippingEnabled=true',
  // The command line has search attributes read from the store whenever a workflow starts, writes some or is listed, for
  // those who add some meanwhile. Ours are there before the server is; the server by itself keeps what it has read.
  'system.forceSearchAttributesCacheRefreshOnRead=false',
  // A task queue's partitions are for servers beside each other. In one, they hand tasks and polls on to each other.
  'matching.numTaskqueueReadPartitions=1',
  'matching.numTaskqueueWritePartitions=1',
];

/**
 * How `temporal server start-dev` is told to be ours, here and in `docker-compose.yml`.
 * @param databaseFile absent: nothing is kept
 */
export function temporalOptions(databaseFile?: string): string[] {
  return [
    `--namespace=${temporalNamespace}`,
    ...Object.entries(searchAttributes).map(([name, type]) => `--search-attribute=${name}=${type}`),
    ...dynamicConfig.map((value) => `--dynamic-config-value=${value}`),
    '--log-level=warn',
    // With a log, SQLite appends a write to it and flushes it once before the write is answered; without, it takes four flushes.
    ...(databaseFile === undefined ? [] : [`--db-filename=${databaseFile}`, '--sqlite-pragma=journal_mode=WAL']),
  ];
}
