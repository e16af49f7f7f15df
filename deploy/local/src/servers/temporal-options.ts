import { searchAttributes } from '@tenure/contracts';

export const temporalNamespace = 'tenure';

const dynamicConfig = [
  // Lets a single workflow's clock be moved.
  'frontend.WorkflowTimeSkippingEnabled=true',
  // The command line configures the server to read search attributes from the database whenever a workflow starts,
  // writes some or is listed, for users who add some meanwhile. Ours exist before the server starts, so its cache
  // suffices.
  'system.forceSearchAttributesCacheRefreshOnRead=false',
  // Partitions of a task queue are for several servers. On one, they forward tasks and polls to each other.
  'matching.numTaskqueueReadPartitions=1',
  'matching.numTaskqueueWritePartitions=1',
];

/**
 * The options of `temporal server start-dev`, here and in `docker-compose.yml`.
 * @param databaseFile absent: nothing is stored
 */
export function temporalOptions(databaseFile?: string): string[] {
  return [
    `--namespace=${temporalNamespace}`,
    ...Object.entries(searchAttributes).map(([name, type]) => `--search-attribute=${name}=${type}`),
    ...dynamicConfig.map((value) => `--dynamic-config-value=${value}`),
    '--log-level=warn',
    // With a write-ahead log, SQLite appends a write to it and flushes once before answering; without, it takes four
    // flushes.
    ...(databaseFile === undefined ? [] : [`--db-filename=${databaseFile}`, '--sqlite-pragma=journal_mode=WAL']),
  ];
}
