import { authorOf } from './audited.js';

const memberId = '01990000-0000-7000-8000-000000000001';
const applicationId = '01990000-0000-7000-8000-000000000002';

it.each([
  ['a member', { memberId }, { kind: 'member', memberId, service: null }],
  ['an operator', { service: 'operator' }, { kind: 'operator', memberId: null, service: null }],
  ['an operator who imports', { service: 'importer' }, { kind: 'operator', memberId: null, service: null }],
  ['a service', { service: 'ingestion' }, { kind: 'service', memberId: null, service: 'ingestion' }],
  [
    'the workflows, for what an application brings about',
    { applicationId },
    { kind: 'service', memberId: null, service: 'workflows' },
  ],
])('who did something is %s', (_, cause, author) => expect(authorOf(cause)).toEqual(author));
