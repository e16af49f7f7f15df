import { allEvents, allRequests } from './all-messages.js';
import * as contracts from './index.js';
import { callers, eventFilter, mayAsk, ownCallers } from './message.js';
import { crossing, eventConsumers, natsUsers, notAddable } from './rights.js';

const services = ['accounts', 'licensing', 'notifications'];
const users = natsUsers();

describe('the rights of NATS users', () => {
  it('are made for every caller', () => expect(users.map(({ user }) => user)).toEqual([...callers]));

  it('cover every message and every event of the contracts', () => {
    const isOne = (value: unknown) =>
      typeof value === 'object' && value !== null && 'name' in value && ('answer' in value || 'data' in value);
    const known: readonly unknown[] = [...allRequests, ...allEvents];
    expect(Object.values(contracts).filter((value) => isOne(value) && !known.includes(value))).toEqual([]);
    expect(known).toHaveLength(Object.values(contracts).filter(isOne).length);
  });

  it.each(users)('let $user ask only under its own name', ({ user, publish }) => {
    const asked = publish.filter((subject) => services.some((service) => subject.startsWith(`${service}.`)));
    expect(asked.filter((subject) => !subject.endsWith(`.${user}`))).toEqual([]);
  });

  it.each(users)('let $user ask exactly what the messages allow', ({ user, publish }) => {
    const asked = publish.filter((subject) => services.some((service) => subject.startsWith(`${service}.`)));
    const named = allRequests
      .filter(({ callers }) => callers.some((caller) => caller === user))
      .map(({ name }) => `${name}.${user}`);
    expect(asked.sort()).toEqual(named.sort());
  });

  it.each(users)('let $user publish only its own events', ({ user, publish }) => {
    const told = publish.filter((subject) => /^events\.(?!dead|retry)/.test(subject));
    expect(told.filter((subject) => subject !== `events.${user}.>`)).toEqual([]);
  });

  it('let the operator follow every event', () =>
    expect(users.find(({ user }) => user === 'operator')?.subscribe).toEqual(
      expect.arrayContaining(allEvents.map(eventFilter)),
    ));

  it('let only the operator retry dead events', () =>
    expect(
      users.filter(({ publish }) => publish.some((subject) => /^events\.retry|STREAM\.MSG\.DELETE/.test(subject))),
    ).toMatchObject([{ user: 'operator' }]));

  it('let only those change the stream of events who can direct JetStream by their consumers anyway', () =>
    expect(
      users.filter(({ publish }) => publish.includes('$JS.API.STREAM.UPDATE.EVENTS')).map(({ user }) => user),
    ).toEqual(users.map(({ user }) => user).filter((user) => eventConsumers.includes(user))));

  it.each(users)(
    'let $user answer only its own subjects, and receive answers in its own inbox',
    ({ user, subscribe }) => {
      const answered = subscribe.filter((subject) => services.some((service) => subject.startsWith(`${service}.`)));
      expect(answered.filter((subject) => !subject.startsWith(`${user}.`))).toEqual([]);
      expect(subscribe.filter((subject) => subject.startsWith('_INBOX'))).toEqual([`_INBOX_${user}.>`]);
    },
  );

  it.each(users)('put $user into the account of its kind', ({ user, account }) =>
    expect(account).toBe(ownCallers.includes(user) ? 'TENURE' : 'PLATFORM'),
  );

  it('let the platform’s services reach in Tenure’s account exactly what one of them may publish or receive', () => {
    const theirs = users.filter(({ account }) => account === 'PLATFORM');
    const anyName = theirs.flatMap(({ user, publish }) =>
      publish.map((subject) => subject.replaceAll(new RegExp(`\\.${user}(?=\\.|$)`, 'g'), '.*')),
    );
    expect([...crossing.asked, ...crossing.askedForMany].sort()).toEqual([...new Set(anyName)].sort());
    const heard = theirs.flatMap(({ subscribe }) => subscribe.filter((subject) => !subject.startsWith('_INBOX_')));
    expect([...crossing.heard].sort()).toEqual([...new Set(heard)].sort());
  });

  it.each(users)('give $user no wildcard over the subjects of others', ({ publish, subscribe }) =>
    expect([...publish, ...subscribe].filter((subject) => ['>', '*', '$JS.>', '$JS.API.>'].includes(subject))).toEqual(
      [],
    ),
  );
});

describe('a service that an operator adds', () => {
  const billing = natsUsers({ billing: ['licensing.entitlement.get'] }).find(({ user }) => user === 'billing')!;
  const reporting = users.find(({ user }) => user === 'reporting')!;
  const get = allRequests.find(({ name }) => name === 'licensing.entitlement.get')!;
  const open = allRequests.find(({ name }) => name === 'licensing.subscription.open')!;

  it('may ask what it was granted, under its own name', () =>
    expect(billing.publish.filter((subject) => !subject.startsWith('$JS.'))).toEqual([
      'licensing.entitlement.get.billing',
    ]));
  it('follows the events that all services may follow, with a consumer of its own name', () => {
    const followed = ({ subscribe }: typeof billing) => subscribe.filter((subject) => subject.startsWith('events.'));
    expect(followed(billing)).toEqual(followed(reporting));
    const consumer = billing.publish.filter((subject) => /^\$JS\.(API\.CONSUMER|ACK)\./.test(subject));
    expect(consumer.filter((subject) => !subject.split('.').includes('billing'))).toEqual([]);
  });
  it('answers nobody', () => expect(billing.respond).toBe(false));
  it('gets answers to what services may ask, and to nothing else', () =>
    expect([mayAsk(get, 'billing'), mayAsk(open, 'billing')]).toEqual([true, false]));
  it('gives a service that Tenure defines no further rights', () =>
    expect(
      mayAsk(
        allRequests.find(({ name }) => name === 'licensing.datapoints.allocate')!,
        'alerting',
      ),
    ).toBe(false));

  it.each([
    ['billing', 'licensing.subscription.open', 'billing cannot ask licensing.subscription.open: services may ask'],
    ['billing', 'licensing.nothing.get', 'billing cannot ask licensing.nothing.get: services may ask'],
    ['gateway', 'licensing.entitlement.get', 'gateway is taken'],
    ['reporting', 'licensing.entitlement.get', 'reporting is taken'],
    ['system', 'licensing.entitlement.get', 'system is taken'],
    ['Billing', 'licensing.entitlement.get', 'Billing is not a valid name'],
    ['billing.one', 'licensing.entitlement.get', 'billing.one is not a valid name'],
    ['>', 'licensing.entitlement.get', '> is not a valid name'],
    ['', 'licensing.entitlement.get', ' is not a valid name'],
    ['b'.repeat(41), 'licensing.entitlement.get', `${'b'.repeat(41)} is not a valid name`],
  ])('%s, asking %s, is refused', (service, asks, sentence) => {
    expect(notAddable({ [service]: [asks] })).toEqual([expect.stringContaining(sentence)]);
    expect(() => natsUsers({ [service]: [asks] })).toThrow(sentence);
  });
});

describe('the messages', () => {
  it('each have a unique name', () => {
    const names = [...allRequests, ...allEvents].map(({ name }) => name);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });
  it.each(allRequests)('$name has service, noun and verb, and at least one caller', ({ name, callers: may }) => {
    expect(name).toMatch(/^(accounts|licensing|notifications)(\.[a-z]+(-[a-z]+)*){2}$/);
    expect(may.length).toBeGreaterThan(0);
  });
  it.each(allEvents)('$name has service, noun and what happened', ({ name }) =>
    expect(name).toMatch(/^(accounts|licensing|notifications)(\.[a-z]+(-[a-z]+)*){2}$/),
  );
  it.each(allRequests)('$name refuses a field that it does not know', ({ request }) => {
    const { error } = request.safeParse({ surprise: true });
    expect(error?.issues.some(({ code }) => code === 'unrecognized_keys')).toBe(true);
  });
});
