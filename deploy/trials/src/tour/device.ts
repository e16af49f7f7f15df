import { connect } from '@nats-io/transport-node';
import { allocateDatapoints, client, DomainError, type AnswerOf, type Problem } from '@tenure/contracts';
import type { Stack } from '@tenure/local/supervisor/find-stack';

export type Allocated =
  | { holds: AnswerOf<typeof allocateDatapoints>; problem: undefined }
  | { holds: undefined; problem: Problem };

/** Sets over NATS how many datapoints one device of an account uses, as the platform's ingestion does. */
export async function allocate(
  stack: Pick<Stack, 'natsUser'>,
  allocation: { accountId: string; deviceId: string; datapoints: number },
): Promise<Allocated> {
  const nats = await connect(stack.natsUser('ingestion'));
  try {
    const ask = { ...allocation, datasource: 'tour' };
    return { holds: await client(nats, 'ingestion').ask(allocateDatapoints, ask), problem: undefined };
  } catch (error) {
    if (error instanceof DomainError) return { holds: undefined, problem: error.problem };
    throw error;
  } finally {
    await nats.close();
  }
}
