import { mostAsked, partsOf, recountDatapoints, resumeApplications, type Client } from '@tenure/contracts';
import { asUser } from '../asking/as-user.js';
import type { Verified } from './verify.js';

/** Has the services set right what was found and can be. @throws DomainError when one is away */
export function mend({ miscounted, unheard }: Verified, say: (line: string) => void): Promise<void> {
  return asUser('operator', async (operator) => {
    await recount(operator, miscounted, say);
    await tellAgain(operator, unheard, say);
  });
}

/** Has licensing count again what these accounts use, and says what became of each; those that agree by now are not named. */
async function recount(operator: Client, accountIds: readonly string[], say: (line: string) => void): Promise<void> {
  for (const asked of partsOf(accountIds, mostAsked)) {
    const { items } = await operator.ask(recountDatapoints, { accountIds: asked });
    for (const { accountId, usedBefore, used, allocated, contracted } of items)
      say(
        `  ${accountId}: used ${used}, ${used === usedBefore ? 'as before' : `and not ${usedBefore}`}` +
          (allocated === used ? '' : `; its devices use ${allocated}, and ${contracted} are contracted`),
      );
  }
}

/** Has accounts tell of these applications once more. */
async function tellAgain(
  operator: Client,
  applicationIds: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  for (const asked of partsOf(applicationIds, mostAsked))
    await operator.ask(resumeApplications, { applicationIds: asked });
  for (const applicationId of applicationIds) say(`  ${applicationId}: told once more`);
}
