import { allocateDatapoints, DomainError, type AnswerOf } from '@tenure/contracts';
import type { Stack } from '../supervisor/find-stack.js';
import { asNatsUser } from './as-nats-user.js';
import type { Answer } from './person.js';

/** Sets over NATS how many datapoints one device of an account uses, as the platform's ingestion does. */
export async function allocate(
  stack: Pick<Stack, 'natsUser'>,
  allocation: { accountId: string; deviceId: string; datapoints: number },
): Promise<Answer<AnswerOf<typeof allocateDatapoints>>> {
  try {
    const value = await asNatsUser(stack, 'ingestion', (services) =>
      services.ask(allocateDatapoints, { ...allocation, datasource: 'sample' }),
    );
    return { status: 200, value, problem: undefined };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { status: error.problem.status, value: undefined, problem: error.problem };
  }
}
