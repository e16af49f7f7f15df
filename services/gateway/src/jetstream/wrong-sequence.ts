import { JetStreamApiError } from '@nats-io/jetstream';

const wrongLastSequence = 10071;

/** Whether JetStream stored nothing because somebody else had stored something under the subject first. */
export function isWrongSequence(error: unknown): boolean {
  return error instanceof JetStreamApiError && error.code === wrongLastSequence;
}
