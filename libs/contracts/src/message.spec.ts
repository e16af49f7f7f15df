import { submitApplication } from './accounts/application.js';
import { accountCreated } from './accounts/events.js';
import { callerOf, eventFilter, eventSubject, subjectFor, subjectOfAll } from './message.js';

it('a request is published under the caller’s name, and a service receives those of all callers', () => {
  expect(subjectFor(submitApplication, 'gateway')).toBe('accounts.application.submit.gateway');
  expect(subjectOfAll(submitApplication)).toBe('accounts.application.submit.*');
});
it('the caller is the last word of the subject', () =>
  expect(callerOf('licensing.datapoints.allocate.ingestion')).toBe('ingestion'));
it('an event is published under its organization, and a filter covers all organizations', () => {
  expect(eventSubject(accountCreated, 'org-1')).toBe('events.accounts.account.created.org-1');
  expect(eventFilter(accountCreated)).toBe('events.accounts.account.created.*');
});
