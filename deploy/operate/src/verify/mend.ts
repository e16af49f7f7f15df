import {
  dropPreparedAccounts,
  mostAsked,
  partsOf,
  recountDatapoints,
  resumeApplications,
  type Client,
} from '@tenure/contracts';
import { asUser } from '../asking/as-user.js';
import type { Verified } from './verify.js';

/** Lets the services repair what they can. @throws DomainError if one is unavailable */
export function mend({ miscounted, unheard, left }: Verified, say: (line: string) => void): Promise<void> {
  return asUser('operator', async (operator) => {
    await recount(operator, miscounted, say);
    await tellAgain(operator, unheard, say);
    await drop(operator, left, say);
  });
}

/**
 * Lets licensing recount the use of these accounts, and prints the results; accounts that agree by now are not listed.
 */
async function recount(operator: Client, accountIds: readonly string[], say: (line: string) => void): Promise<void> {
  for (const asked of partsOf(accountIds, mostAsked)) {
    const { items } = await operator.ask(recountDatapoints, { accountIds: asked });
    for (const { accountId, usedBefore, used, allocated, contracted } of items)
      say(
        `  ${accountId}: used ${used}, ${used === usedBefore ? 'unchanged' : `was ${usedBefore}`}` +
          (allocated === used ? '' : `; its devices use ${allocated}, and ${contracted} are contracted`),
      );
  }
}

/** Lets accounts publish these applications again. */
async function tellAgain(
  operator: Client,
  applicationIds: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  for (const asked of partsOf(applicationIds, mostAsked))
    await operator.ask(resumeApplications, { applicationIds: asked });
  for (const applicationId of applicationIds) say(`  ${applicationId}: published again`);
}

/** Lets accounts drop these accounts that nobody sees, unless licensing has opened them. */
async function drop(operator: Client, accountIds: readonly string[], say: (line: string) => void): Promise<void> {
  for (const asked of partsOf(accountIds, mostAsked)) {
    const { dropped } = await operator.ask(dropPreparedAccounts, { accountIds: asked });
    for (const accountId of asked)
      say(
        dropped.includes(accountId)
          ? `  ${accountId}: dropped, its name is free`
          : `  ${accountId}: kept, because licensing has opened it. If it is still listed below, import it again`,
      );
  }
}
