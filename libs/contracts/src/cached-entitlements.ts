import type { NatsConnection } from '@nats-io/transport-node';
import { client } from './client.js';
import { envelopeSchema, readAs, type Envelope } from './event.js';
import { Latest } from './latest.js';
import { entitlementChanged, useChanged } from './licensing/events.js';
import { getEntitlement, type EntitlementView } from './licensing/entitlement.js';
import { eventFilter, type Event } from './message.js';

export interface CachedEntitlementsOptions {
  /** How long to wait for licensing, in milliseconds. While nobody answers, the request is retried until then. */
  timeout?: number;
  /**
   * How long an entry is used before it is fetched again, in milliseconds. This bounds the effect of an event that NATS
   * lost.
   */
  maxAge?: number;
  /** How many accounts are cached; the one fetched first is evicted first. */
  maxAccounts?: number;
}

/** A local cache of entitlements: each is fetched from licensing once and then kept up to date by its events. */
export interface CachedEntitlements {
  /**
   * What the account may use now. `state` is as licensing says, which is asked from the instant on at which the account
   * ends by the clock of this process; if that clock is behind, the end is noticed when the entry is fetched again. The
   * rest may lag by the time that an event takes; what counts in the end is licensing's own answer to an allocation.
   * @throws DomainError as `ask` does: not_found, unavailable, timeout
   */
  get(accountId: string): Promise<EntitlementView>;
  /** Unsubscribes from the events. */
  close(): void;
}

interface Kept {
  view: EntitlementView;
  until: number;
}

export async function cachedEntitlements(
  nats: NatsConnection,
  caller: string,
  { timeout = 2_000, maxAge = 60_000, maxAccounts = 10_000 }: CachedEntitlementsOptions = {},
): Promise<CachedEntitlements> {
  const licensing = client(nats, caller, { timeout, patient: true });
  const kept = new Latest<string, Kept>(maxAccounts);
  /** Fetches in progress, with the changes received meanwhile: the answer may be older than they are. */
  const asking = new Map<string, { answer: Promise<EntitlementView>; heard: Change[] }>();
  let refusal: Error | undefined;

  const hear = (change: Change) => {
    asking.get(change.accountId)?.heard.push(change);
    const known = kept.get(change.accountId);
    if (known) known.view = change.applyTo(known.view);
  };
  const listen = <E extends Event>(event: E, changeOf: (envelope: Envelope<E>) => Change) =>
    nats.subscribe(eventFilter(event), {
      callback(error, message) {
        if (error) {
          refusal = error;
          return;
        }
        try {
          const envelope = readAs(event, envelopeSchema.parse(message.json()));
          if (envelope) hear(changeOf(envelope));
        } catch {
          kept.clear(); // An unreadable event may be about any account.
        }
      },
    });
  const subscriptions = [listen(entitlementChanged, entitlementChange), listen(useChanged, useChange)];
  await nats.flush();
  if (refusal) throw refusal;
  let isClosed = false;
  void forgetWhatMayHaveBeenMissed();

  async function forgetWhatMayHaveBeenMissed() {
    for await (const { type } of nats.status()) {
      if (isClosed) return;
      if (type === 'disconnect' || type === 'reconnect' || type === 'slowConsumer') kept.clear();
    }
  }

  function ask(accountId: string): Promise<EntitlementView> {
    const already = asking.get(accountId);
    if (already) return already.answer;
    const heard: Change[] = [];
    const answer = licensing
      .ask(getEntitlement, { accountId })
      .then((asked) => {
        const view = heard.reduce((known, change) => change.applyTo(known), asked);
        keep(accountId, view);
        return view;
      })
      .finally(() => asking.delete(accountId));
    asking.set(accountId, { answer, heard });
    return answer;
  }

  function keep(accountId: string, view: EntitlementView): void {
    if (isClosed || nats.isClosed()) return;
    kept.set(accountId, { view, until: performance.now() + maxAge });
  }

  return {
    async get(asked) {
      const accountId = asked.toLowerCase(); // Events carry ids in lower case.
      const known = kept.get(accountId);
      return { ...(known && mayUse(known) ? known.view : await ask(accountId)) };
    },
    close() {
      isClosed = true;
      kept.clear();
      for (const subscription of subscriptions) subscription.unsubscribe();
    },
  };
}

interface Change {
  accountId: string;
  /** Applies only newer versions: events may be repeated or arrive out of order. */
  applyTo(view: EntitlementView): EntitlementView;
}

function entitlementChange({ data, version }: Envelope<typeof entitlementChanged>): Change {
  const { accountId, license, features, contracted, rtcLines, timeZone, term, validUntil, clockAheadSeconds } = data;
  return {
    accountId,
    applyTo: (view) =>
      version <= view.revision
        ? view
        : {
            ...view,
            ...{ license, features, contracted, rtcLines, timeZone, validUntil, clockAheadSeconds },
            expiresOn: term.expiresOn,
            left: Math.max(0, contracted - view.used),
            state: hasEnded({ validUntil, clockAheadSeconds }) ? 'expired' : 'active',
            revision: version,
          },
  };
}

function useChange({ data: { accountId, used }, version }: Envelope<typeof useChanged>): Change {
  return {
    accountId,
    applyTo: (view) =>
      version <= view.useVersion
        ? view
        : { ...view, used, left: Math.max(0, view.contracted - used), useVersion: version },
  };
}

function mayUse({ view, until }: Kept): boolean {
  return performance.now() < until && (view.state === 'expired' || !hasEnded(view));
}

/** By the clock of this process. */
function hasEnded({
  validUntil,
  clockAheadSeconds,
}: Pick<EntitlementView, 'validUntil' | 'clockAheadSeconds'>): boolean {
  return Date.parse(validUntil) <= Date.now() + clockAheadSeconds * 1_000;
}
