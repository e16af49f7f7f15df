import { tagsOf } from './tags.js';

it('gives the provider only letters, digits, _ and -, and omits missing values', () =>
  expect(
    tagsOf({
      noticeId: 'n-1',
      key: 'acc-1/1/P1M',
      kind: 'reminder',
      offset: 'P1M',
      accountId: 'acc-1',
      applicationId: null,
      termNumber: 1,
      deliveryId: 'd-1',
    }),
  ).toEqual([
    { name: 'key', value: 'acc-1_1_P1M' },
    { name: 'kind', value: 'reminder' },
    { name: 'offset', value: 'P1M' },
    { name: 'account', value: 'acc-1' },
    { name: 'term', value: '1' },
    { name: 'notice', value: 'n-1' },
    { name: 'delivery', value: 'd-1' },
  ]));

it('cuts each tag to 256 characters, and names the application', () =>
  expect(
    tagsOf({
      noticeId: 'n-1',
      key: 'k'.repeat(257),
      kind: 'application_approved',
      offset: null,
      accountId: null,
      applicationId: 'app-1',
      termNumber: null,
      deliveryId: 'd-1',
    }),
  ).toEqual([
    { name: 'key', value: 'k'.repeat(256) },
    { name: 'kind', value: 'application_approved' },
    { name: 'application', value: 'app-1' },
    { name: 'notice', value: 'n-1' },
    { name: 'delivery', value: 'd-1' },
  ]));
