import { submitApplication } from './accounts/application.js';
import { accountCreated } from './accounts/events.js';
import { callerOf, eventFilter, eventSubject, subjectFor, subjectOfAll } from './message.js';

it('a request travels under the name of who asks, and a service hears everyone’s', () => {
  expect(subjectFor(submitApplication, 'gateway')).toBe('accounts.application.submit.gateway');
  expect(subjectOfAll(submitApplication)).toBe('accounts.application.submit.*');
});
it('the caller is the last word of the subject', () =>
  expect(callerOf('licensing.datapoints.allocate.ingestion')).toBe('ingestion'));
it('an event travels under its organization, and can be heard of all of them', () => {
  expect(eventSubject(accountCreated, 'org-1')).toBe('events.accounts.account.created.org-1');
  expect(eventFilter(accountCreated)).toBe('events.accounts.account.created.*');
});
