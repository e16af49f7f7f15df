import { mock } from 'node:test';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import type { LiveChange } from '@tenure/contracts';
import { followLive, liveState, onChange } from './live.js';
import { Refusal } from './problem.js';
import { accountsQuery, applicationsQuery } from './queries.js';
import { reloadPage } from './session.js';

/** A stream that opens, breaks and sends when a test says so; as in a browser, it reconnects automatically. */
class Stream extends EventTarget {
  static readonly CLOSED = 2;
  static last: Stream;
  readyState = 0;
  constructor(readonly url: string) {
    super();
    Stream.last = this;
  }
  opens() {
    this.dispatchEvent(new Event('open'));
  }
  breaks() {
    this.dispatchEvent(new Event('error'));
  }
  close() {
    this.readyState = Stream.CLOSED;
  }
  isHere(againWithinSeconds: number) {
    this.dispatchEvent(new MessageEvent('here', { data: JSON.stringify({ againWithinSeconds }) }));
  }
  sends(change: LiveChange) {
    this.dispatchEvent(new MessageEvent('changed', { data: JSON.stringify(change) }));
  }
}

/** The tab that contains the page; it can be hidden. */
class Tab extends EventTarget {
  hidden = false;
  turns(hidden: boolean) {
    this.hidden = hidden;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

/** A page that follows live updates, and what it has refetched. */
function aPage() {
  const queries = new QueryClient();
  const asked: unknown[] = [];
  queries.invalidateQueries = async (filter) => {
    if (filter?.refetchType !== 'none') asked.push(filter?.queryKey ?? 'everything');
  };
  followLive(queries);
  Stream.last.opens();
  asked.length = 0;
  return { queries, asked, stream: Stream.last };
}

const change: LiveChange = {
  kind: 'account',
  id: 'a',
  accountId: 'a',
  applicationId: 'b',
  what: 'accounts.application.fulfilled',
};

let tab: Tab;
beforeEach(() => {
  tab = new Tab();
  Object.assign(globalThis, { EventSource: Stream, document: tab });
  mock.timers.enable();
});
afterEach(() => {
  mock.timers.reset();
  // Packages that later specs load take an environment with a document for a browser.
  for (const name of ['EventSource', 'document']) Reflect.deleteProperty(globalThis, name);
});

describe('an open page', () => {
  it('refetches what it fetched before it started to listen', () => {
    const { queries, asked } = aPage();
    followLive(queries);
    expect(asked).toEqual([]);
    Stream.last.opens();
    expect(asked).toEqual(['everything']);
  });

  it('refetches the session only after a break: at the start it has just been answered', () => {
    const queries = new QueryClient();
    const keys: string[] = [];
    for (const key of ['session', 'account']) queries.setQueryData([key], {});
    queries.invalidateQueries = async (which = {}) =>
      void keys.push(
        ...queries
          .getQueryCache()
          .findAll(which)
          .map(({ queryKey }) => String(queryKey[0])),
      );
    followLive(queries);
    Stream.last.opens();
    expect(keys).toEqual(['account']);
    Stream.last.breaks();
    Stream.last.opens();
    expect(keys).toEqual(['account', 'account', 'session']);
    Stream.last.opens();
    expect(keys).toEqual(['account', 'account', 'session', 'account']);
  });

  it('refetches what changed, and notifies whoever listens', () => {
    const { asked, stream } = aPage();
    const received: LiveChange[] = [];
    const stop = onChange((each) => received.push(each));
    stream.sends(change);
    stop();
    expect({ asked, received }).toEqual({
      asked: [
        ['account', 'a'],
        ['application', 'b'],
      ],
      received: [change],
    });
  });

  it.each<[LiveChange['kind'], string, unknown[]]>([
    ['policy', 'licensing.policy.changed', [['policy'], ['organization']]],
    ['email_domain', 'notifications.email-domain.changed', [['catalog', 'domains'], ['organization']]],
    ['delivery', 'notifications.notice.skipped', [['deliveries'], ['marked-addresses'], ['calendars']]],
    ['member', 'accounts.member.changed', [['session'], ['notice-wishes'], ['organization'], 'everything']],
    [
      'organization',
      'accounts.organization.changed',
      [['session'], ['calendars'], ['fallback-address'], ['organization'], ['organizations'], ['deliveries']],
    ],
  ])('refetches what shows a change of the kind %s', (kind, what, expected) => {
    const { asked, stream } = aPage();
    stream.sends({ kind, id: 'x', accountId: null, applicationId: null, what });
    expect(asked).toEqual(expected);
  });

  it('refetches immediately for the first of many e-mails sent together, and once a second for the others', () => {
    const { asked, stream } = aPage();
    const sent: LiveChange = { kind: 'delivery', id: 'x', accountId: null, applicationId: null, what: 'n.notice.sent' };
    const lists = [['deliveries'], ['marked-addresses'], ['calendars']];
    for (let number = 0; number < 500; number += 1) stream.sends(sent);
    expect(asked).toEqual(lists);
    mock.timers.tick(1_000);
    expect(asked).toEqual([...lists, ...lists]);
    mock.timers.tick(60_000);
    expect(asked).toHaveLength(6);
    stream.sends(sent);
    expect(asked).toHaveLength(9);
  });

  it('refetches an account once a second while e-mails about it are sent and reported, and immediately when it changes', () => {
    const { asked, stream } = aPage();
    const reported: LiveChange = { ...change, kind: 'delivery', what: 'notifications.delivery.delivered' };
    const about = [
      ['account', 'a'],
      ['application', 'b'],
    ];
    const shown = () => asked.filter((key) => String(key) === 'account,a' || String(key) === 'application,b');
    for (let number = 0; number < 240; number += 1) stream.sends(reported);
    expect(shown()).toEqual(about);
    stream.sends(change);
    expect(shown()).toEqual([...about, ...about]);
    mock.timers.tick(60_000);
    expect(shown()).toEqual([...about, ...about, ...about]);
  });

  it('refetches an account once a second while devices change its use', () => {
    const { asked, stream } = aPage();
    const use: LiveChange = { ...change, applicationId: null, what: 'licensing.use.changed' };
    for (let number = 0; number < 240; number += 1) stream.sends(use);
    expect(asked).toEqual([['account', 'a']]);
    mock.timers.tick(999);
    expect(asked).toHaveLength(1);
    mock.timers.tick(1);
    expect(asked).toHaveLength(2);
  });

  it('refetches the recipients of accounts when a member changes', async () => {
    const queries = new QueryClient();
    followLive(queries);
    for (const part of ['recipients', 'timeline']) queries.setQueryData(['account', 'a', part], 'shown');
    Stream.last.sends({
      kind: 'member',
      id: 'm',
      accountId: null,
      applicationId: null,
      what: 'accounts.member.changed',
    });
    expect(
      ['recipients', 'timeline'].map((part) => queries.getQueryState(['account', 'a', part])?.isInvalidated),
    ).toEqual([true, false]);
  });

  it('marks lists that no page shows as stale, so that they are refetched when the reader returns', () => {
    const queries = new QueryClient();
    followLive(queries);
    const lists = ['accounts', 'applications'] as const;
    for (const list of lists) queries.setQueryData([list, 'list'], 'shown before');
    const shownNow = { queryKey: ['applications', 'shown now'], queryFn: () => 'shown', initialData: 'shown' };
    const stop = new QueryObserver(queries, { ...shownNow, staleTime: Infinity }).subscribe(() => undefined);
    const outdated = () =>
      [...lists.map((list) => [list, 'list']), ['applications', 'shown now']].map(
        (queryKey) => queries.getQueryState(queryKey)?.isInvalidated,
      );
    Stream.last.sends({ ...change, kind: 'delivery', what: 'notifications.notice.sent' });
    expect(outdated()).toEqual([false, false, false]);
    Stream.last.sends(change);
    // What is shown is refetched if it may show the change.
    expect(outdated()).toEqual([true, true, false]);
    stop();
  });

  it('refetches every list on the page that may show a change, whichever it is about, once a second', () => {
    const { queries, asked, stream } = aPage();
    const stops = [accountsQuery({ zone: 'active' }), applicationsQuery({ limit: 1 })].map((list) => {
      queries.setQueryData<unknown>(list.queryKey, { items: [], next: null, count: 0 });
      return new QueryObserver<unknown>(queries, {
        ...(list as object),
        queryKey: list.queryKey,
        staleTime: Infinity,
      }).subscribe(() => undefined);
    });
    const lists = () => asked.splice(0).map((queryKey) => (queryKey as string[])[0]);
    const submitted = { ...change, kind: 'application', accountId: null, applicationId: null } as const;
    for (const sent of [submitted, submitted]) stream.sends(sent);
    expect(lists()).toEqual(['accounts', 'applications']);
    mock.timers.tick(1_000);
    expect(lists()).toEqual(['accounts', 'applications']);
    for (const stop of stops) stop();
  });

  it('refetches twice more after the last change from licensing: accounts may not have received it yet', () => {
    const { asked, stream } = aPage();
    const received: LiveChange[] = [];
    const stop = onChange((each) => received.push(each));
    const use: LiveChange = { ...change, applicationId: null, what: 'licensing.use.changed' };
    stream.sends(use);
    mock.timers.tick(900);
    stream.sends(use);
    mock.timers.tick(999);
    expect(asked).toEqual([
      ['account', 'a'],
      ['account', 'a'],
    ]);
    for (let second = 0; second < 60; second += 1) mock.timers.tick(1_000);
    stop();
    expect([asked.length, received.length]).toEqual([4, 4]);
  });

  it('forgets an account after its last refetch: a page is open for days, and receives every change', () => {
    const { stream } = aPage();
    const use: LiveChange = { ...change, what: 'licensing.use.changed' };
    stream.sends(use);
    mock.timers.tick(5_000);
    const takenBack = mock.method(globalThis, 'clearTimeout');
    stream.sends(use);
    expect(takenBack.mock.callCount()).toBe(0);
    takenBack.mock.restore();
  });

  it('refetches everything after a break, however short, and does not report a short one', () => {
    const { asked, stream } = aPage();
    stream.breaks();
    mock.timers.tick(9_999);
    expect(liveState()).toBe('live');
    stream.opens();
    expect(asked).toEqual(['everything', ['session']]);
  });

  it('reconnects when the stream has been silent for too long', () => {
    const { asked, stream } = aPage();
    stream.isHere(15);
    mock.timers.tick(40_000);
    stream.isHere(15);
    mock.timers.tick(44_999);
    expect(Stream.last).toBe(stream);
    mock.timers.tick(1);
    expect([stream.readyState, Stream.last === stream]).toEqual([Stream.CLOSED, false]);
    Stream.last.opens();
    expect(asked).toEqual(['everything', ['session']]);
    mock.timers.tick(600_000);
    expect(liveState()).toBe('live');
  });

  it('leaves reconnecting to the browser when the stream has ended', () => {
    const { stream } = aPage();
    stream.isHere(15);
    stream.breaks();
    mock.timers.tick(60_000);
    expect(Stream.last).toBe(stream);
    stream.opens();
  });

  it('reports a break after ten seconds, and then refetches everything every thirty', () => {
    const { asked, stream } = aPage();
    stream.breaks();
    stream.breaks();
    mock.timers.tick(10_000);
    expect(liveState()).toBe('paused');
    mock.timers.tick(60_000);
    expect(asked).toEqual(['everything', 'everything']);
    stream.opens();
    mock.timers.tick(60_000);
    expect({ state: liveState(), asked: asked.length }).toEqual({ state: 'live', asked: 4 });
  });

  it('stops reconnecting once its session has ended', async () => {
    const { queries, stream } = aPage();
    const ended = { type: '', title: '', status: 401, code: 'session_expired' };
    const asked = mock.method(queries, 'fetchQuery', () => Promise.reject(new Refusal(ended, null)));
    // A page that is being left does not start a sign-in; nor does one whose user signed out in another window.
    Object.assign(globalThis, { window: { location: { reload: () => undefined } } });
    reloadPage();
    Reflect.deleteProperty(globalThis, 'window');
    stream.close();
    stream.breaks();
    mock.timers.tick(3_000);
    await asked.mock.calls[0]!.result!.catch(() => undefined);
    expect([asked.mock.callCount(), Stream.last === stream]).toEqual([1, true]);
  });

  it('gives up its connection while hidden, and refetches everything when it is visible again', () => {
    const { asked, stream } = aPage();
    stream.isHere(15);
    tab.turns(true);
    expect(stream.readyState).toBe(Stream.CLOSED);
    mock.timers.tick(600_000);
    expect([Stream.last === stream, liveState(), asked]).toEqual([true, 'live', []]);
    tab.turns(false);
    expect(Stream.last === stream).toBe(false);
    Stream.last.opens();
    expect(asked).toEqual(['everything', ['session']]);
  });

  it('that was opened in a hidden tab connects once it is visible, and only once', () => {
    const { last } = Stream;
    tab.hidden = true;
    followLive(new QueryClient());
    expect(Stream.last === last).toBe(true);
    tab.turns(false);
    const own = Stream.last;
    tab.turns(false);
    expect([own === last, Stream.last === own]).toEqual([false, true]);
    own.opens();
  });

  it('reports a break when it is visible again and cannot connect', () => {
    const { stream } = aPage();
    tab.turns(true);
    tab.turns(false);
    mock.timers.tick(10_000);
    expect([Stream.last === stream, liveState()]).toEqual([false, 'paused']);
    Stream.last.opens();
    expect(liveState()).toBe('live');
  });

  it('refetches nothing while hidden, even if it cannot connect when it is hidden', () => {
    const { asked, stream } = aPage();
    stream.breaks();
    mock.timers.tick(10_000);
    tab.turns(true);
    mock.timers.tick(600_000);
    expect(asked).toEqual([]);
    tab.turns(false);
    mock.timers.tick(10_000);
    mock.timers.tick(30_000);
    expect([asked, liveState()]).toEqual([['everything'], 'paused']);
    Stream.last.opens();
  });

  it('reports after ten seconds that its first connection gets no answer, as from a proxy that waits for the end', () => {
    followLive(new QueryClient());
    mock.timers.tick(10_000);
    expect(liveState()).toBe('paused');
    Stream.last.opens();
    expect(liveState()).toBe('live');
  });

  it('refetches everything when the server says that it missed too much', () => {
    const { asked, stream } = aPage();
    stream.dispatchEvent(new Event('resync'));
    expect(asked).toEqual(['everything']);
  });
});
