import { allEvents, allRequests, natsUsers } from './rights.js';
import { callers } from './message.js';

const services = ['accounts', 'licensing', 'notifications'];
const users = natsUsers();

describe('the rights of NATS users', () => {
  it('are made for every caller', () => expect(users.map(({ user }) => user)).toEqual([...callers]));

  it.each(users)('let $user ask only under its own name', ({ user, publish }) => {
    const asked = publish.filter((subject) => services.some((service) => subject.startsWith(`${service}.`)));
    expect(asked.filter((subject) => !subject.endsWith(`.${user}`))).toEqual([]);
  });

  it.each(users)('let $user ask what the messages say, and nothing else', ({ user, publish }) => {
    const asked = publish.filter((subject) => services.some((service) => subject.startsWith(`${service}.`)));
    const named = allRequests.filter(({ callers }) => callers.includes(user)).map(({ name }) => `${name}.${user}`);
    expect(asked.sort()).toEqual(named.sort());
  });

  it.each(users)('let $user tell only its own events', ({ user, publish }) => {
    const told = publish.filter((subject) => /^events\.(?!dead|retry)/.test(subject));
    expect(told.filter((subject) => subject !== `events.${user}.>`)).toEqual([]);
  });

  it('let the operator alone put back what a consumer has given up', () =>
    expect(
      users.filter(({ publish }) => publish.some((subject) => /^events\.retry|STREAM\.MSG\.DELETE/.test(subject))),
    ).toMatchObject([{ user: 'operator' }]));

  it.each(users)('let $user answer only its own subjects, and hear answers in its own inbox', ({ user, subscribe }) => {
    const answered = subscribe.filter((subject) => services.some((service) => subject.startsWith(`${service}.`)));
    expect(answered.filter((subject) => !subject.startsWith(`${user}.`))).toEqual([]);
    expect(subscribe.filter((subject) => subject.startsWith('_INBOX'))).toEqual([`_INBOX_${user}.>`]);
  });

  it.each(users)('give $user no wildcard over what others say', ({ publish, subscribe }) =>
    expect([...publish, ...subscribe].filter((subject) => ['>', '*', '$JS.>', '$JS.API.>'].includes(subject))).toEqual(
      [],
    ),
  );
});

describe('the messages', () => {
  it('each have a name of their own', () => {
    const names = [...allRequests, ...allEvents].map(({ name }) => name);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });
  it.each(allRequests)('$name is service, noun and verb, and somebody may ask it', ({ name, callers: may }) => {
    expect(name).toMatch(/^(accounts|licensing|notifications)(\.[a-z]+(-[a-z]+)*){2}$/);
    expect(may.length).toBeGreaterThan(0);
  });
  it.each(allEvents)('$name is service, noun and what happened', ({ name }) =>
    expect(name).toMatch(/^(accounts|licensing|notifications)\.[a-z]+\.[a-z]+$/),
  );
  it.each(allRequests)('$name refuses a field that it does not know', ({ request }) => {
    const { error } = request.safeParse({ surprise: true });
    expect(error?.issues.some(({ code }) => code === 'unrecognized_keys')).toBe(true);
  });
});
