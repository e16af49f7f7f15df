import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SampleTarget } from './target.js';
import { sampleAccounts } from './accounts.js';
import { emailDomainDetails } from '@tenure/contracts';
import { given, Person } from '../tour/person.js';
import { bringAbout } from './bring-about.js';
import { samplePendingDomain } from './catalog.js';
import { recordCatalogAndPeople } from './record.js';

/**
 * Fills in the sample data the first time: catalog and people as an operator would, accounts through the API as the
 * people themselves would. Broken off, it goes on where it was at the next start: every step has a key of its own.
 */
export async function fillInSampleData(stack: SampleTarget, say: (sentence: string) => void): Promise<void> {
  const marker = path.join(stack.configuration.dataFolder, 'sample.json');
  if (existsSync(marker)) return;
  say('Filling in the sample data, the first time only …');
  await recordCatalogAndPeople(stack);
  await addPendingDomain(stack);
  const byApplicant = Object.groupBy(sampleAccounts, ({ applicant }) => applicant);
  await Promise.all(
    Object.values(byApplicant).map(async (accounts = []) => {
      for (const account of accounts) await bringAbout(stack, account, say);
    }),
  );
  writeFileSync(marker, JSON.stringify({ filledInAt: new Date().toISOString() }));
}

async function addPendingDomain(stack: SampleTarget): Promise<void> {
  const { addedBy, domain } = samplePendingDomain;
  const person = new Person(stack.api, addedBy, await stack.token(addedBy));
  given(await person.post('/email-domains', { shape: emailDomainDetails, body: { domain } }));
}
