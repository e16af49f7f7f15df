import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SampleTarget } from './target.js';
import { sampleAccounts } from './accounts.js';
import { bringAbout } from './bring-about.js';
import { addEmailDomains, canHaveDomains, withoutDomain } from './email-domains.js';
import { recordCatalogAndPeople } from './record.js';

/**
 * Creates the sample data the first time: catalog and people as an operator would, domains and accounts through the API
 * as the people themselves would. If interrupted, the next start continues: every step has its own idempotency key.
 */
export async function fillInSampleData(stack: SampleTarget, say: (sentence: string) => void): Promise<void> {
  const marker = path.join(stack.configuration.dataFolder, 'sample.json');
  if (existsSync(marker)) return;
  say('Creating the sample data (first start only) …');
  await recordCatalogAndPeople(stack);
  const hasDomains = canHaveDomains(stack);
  if (hasDomains) await addEmailDomains(stack);
  const byApplicant = Object.groupBy(sampleAccounts, ({ applicant }) => applicant);
  await Promise.all(
    Object.values(byApplicant).map(async (accounts = []) => {
      for (const account of accounts) await bringAbout(stack, hasDomains ? account : withoutDomain(account), say);
    }),
  );
  writeFileSync(marker, JSON.stringify({ filledInAt: new Date().toISOString() }));
}
