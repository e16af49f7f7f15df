import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import proto from '@temporalio/proto';
import { lookAgainSignal } from '@tenure/contracts/workflows';
import { eventually } from '@tenure/testing';

/** Recorded runs, one file per branch: `npm run histories` adds missing ones, the replay spec reads them. */
const folder = path.resolve(import.meta.dirname, '../../histories');
const { EventType } = proto.temporal.api.enums.v1;
const { History } = proto.temporal.api.history.v1;
type History = proto.temporal.api.history.v1.IHistory;

/**
 * Does nothing in an ordinary run of the specs, and never overwrites a file: workflows that began like that may still
 * be asleep.
 */
export function keepHistory(name: string, history: History): void {
  const file = path.join(folder, `${name}.json`);
  if (!process.env['RECORD_HISTORIES'] || existsSync(file)) return;
  // The SDK's own historyToJSON fails where npm installs two copies of protobufjs.
  const json = History.toObject(History.fromObject(history), { longs: String, enums: String, bytes: String });
  const text = JSON.stringify(json, (key, value: unknown) => {
    // Stack traces contain the file paths of this machine.
    if (key === 'stackTrace') return '';
    return value === filling ? nothing : value;
  });
  writeFileSync(file, `${text}\n`);
}

export function recordedHistories(): { name: string; history: History }[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({
      name: path.basename(file, '.json'),
      history: History.fromObject(JSON.parse(readFileSync(path.join(folder, file), 'utf8'))),
    }));
}

/**
 * Grows the workflow's history until Temporal suggests continuing as new: by megabytes, since by number of events it
 * would take thousands.
 */
export async function makeLong(workflow: WorkflowHandle): Promise<void> {
  for (const _ of [1, 2, 3]) await workflow.signal(lookAgainSignal, said);
}
const said = ' '.repeat(1_500_000);
const [filling, nothing] = [said, ''].map((text) => Buffer.from(JSON.stringify(text)).toString('base64'));

/**
 * The event types in a run's history, such as `TIMER_STARTED`, in order. Unlike a query, reading them leaves no trace.
 */
export async function eventsOf(workflow: WorkflowHandle): Promise<string[]> {
  const { events } = await workflow.fetchHistory();
  return (events ?? []).map(({ eventType }) => EventType[eventType!]!.replace('EVENT_TYPE_', ''));
}

/** The ids of the completed workflow tasks in a run's history, in order. */
export async function completedTasksOf(workflow: WorkflowHandle) {
  const { events } = await workflow.fetchHistory();
  return (events ?? []).flatMap(({ eventId, eventType }) =>
    eventType === EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED ? [eventId!] : [],
  );
}

/** The summaries of the workflow, its timers and its activities, in order. */
export async function summariesIn(workflow: WorkflowHandle): Promise<string[]> {
  const { events } = await workflow.fetchHistory();
  return (events ?? [])
    .map(({ userMetadata }) => userMetadata?.summary?.data)
    .filter((data) => data !== undefined && data !== null)
    .map((data) => JSON.parse(new TextDecoder().decode(data)) as string);
}

/** Sends something to the workflow, and waits until the workflow task that handles it is completed. */
export async function untilHandled(
  workflow: WorkflowHandle,
  what: 'SIGNALED' | 'CANCEL_REQUESTED',
  send: () => Promise<unknown>,
): Promise<void> {
  const arrival = `WORKFLOW_EXECUTION_${what}`;
  const before = (await eventsOf(workflow)).lastIndexOf(arrival);
  await send();
  await eventually(async () => {
    const events = await eventsOf(workflow);
    expect(events.lastIndexOf(arrival)).toBeGreaterThan(before);
    expect(events.lastIndexOf('WORKFLOW_TASK_COMPLETED')).toBeGreaterThan(events.lastIndexOf(arrival));
  });
}

/** All text in a history, with payloads decoded. */
export function textOf(value: unknown): string {
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  if (typeof value === 'object' && value !== null) return Object.values(value).map(textOf).join(' ');
  return String(value);
}
