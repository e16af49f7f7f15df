import { emailDomainDetails, type EmailDomainDetails } from '@tenure/contracts';
import { until } from '@tenure/platform/command/until';
import { given, Person } from '../api/person.js';
import type { SampleAccount } from './accounts.js';
import { sampleEmailDomains, type SampleEmailDomain } from './catalog.js';
import type { SampleTarget } from './target.js';

/** If e-mails are really sent, nobody can set DNS records for a name that ends in `.example`. */
export function canHaveDomains({ configuration }: SampleTarget): boolean {
  return configuration.resendApiKey === undefined;
}

/**
 * Adds domains as their SuperAdmins would, at the mailbox, which also plays the name server. A repeat changes nothing.
 */
export async function addEmailDomains(stack: SampleTarget): Promise<void> {
  for (const sample of sampleEmailDomains) {
    const person = await Person.of(stack, sample.addedBy);
    const { domain, sender } = sample;
    const added = given(
      await person.post('/email-domains', { shape: emailDomainDetails, body: { domain, ...(sender && { sender }) } }),
    );
    if (sample.hasItsRecords && added.status !== 'verified') await verify(stack, person, sample);
  }
}

async function verify(stack: SampleTarget, person: Person, { domain }: SampleEmailDomain): Promise<void> {
  const set = await fetch(`${stack.mailbox}/api/domains/${domain}/records`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ finding: 'right' }),
  });
  if (!set.ok) throw new Error(`The records of ${domain} cannot be set: ${set.status} ${await set.text()}`);
  const path = `/email-domains/${domain}/verification`;
  const { status } = await until(
    () => person.post(path, { shape: emailDomainDetails, body: {} }).then(given<EmailDomainDetails>),
    (seen) => seen.status === 'verified',
  );
  if (status !== 'verified') throw new Error(`${domain} is ${status}`);
}

/** The same account, with e-mails from the platform's own sender. */
export function withoutDomain(sample: SampleAccount): SampleAccount {
  const { emailDomain, ...account } = sample.account;
  return emailDomain === undefined ? sample : { ...sample, account };
}
