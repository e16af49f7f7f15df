import { JetStreamApiError } from '@nats-io/jetstream';

const wrongLastSequence = 10071;

/** Whether JetStream refused to store because another writer had stored a message on the subject first. */
export function isWrongSequence(error: unknown): boolean {
  return error instanceof JetStreamApiError && error.code === wrongLastSequence;
}
