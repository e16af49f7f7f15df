import { Injectable, Logger } from '@nestjs/common';
import { Kvm, type KV } from '@nats-io/kv';
import { nanos } from '@nats-io/transport-node';
import { knownOf, roles, sessionBucket } from '@tenure/contracts';
import { Nats } from '@tenure/platform/messaging';
import { z } from 'zod';
import { endOf, isWorthStoring, type Session } from '../domain/session.js';
import { Lazy } from '../jetstream/lazy.js';
import { isWrongSequence } from '../jetstream/wrong-sequence.js';
import { Settings } from '../settings.js';
import { seal, unseal } from './sealed.js';
import { newSessionId, storageOf } from './session-id.js';

const stored = z.object({
  issuer: z.string(),
  subject: z.string(),
  roles: knownOf(roles),
  createdAt: z.number(),
  /** Missing in a session that the previous version stored. */
  signedInAt: z.number().optional(),
  lastSeenAt: z.number(),
});

/** A valid session, with the revision of its stored value. */
export interface OpenSession extends Session {
  id: string;
  revision: number;
  /** The instant at which it ends without another request, in milliseconds since 1970. */
  endsAt: number;
}

/**
 * The sessions of browsers, in a key-value bucket of NATS: every gateway can read them, and they survive a restart. If
 * NATS loses them, people sign in again. A session's key and the key that encrypts its value are derived from its id and
 * the secret of the gateway's client at the provider: if that changes, people sign in again as well.
 */
@Injectable()
export class Sessions {
  readonly #log = new Logger('Sessions');
  readonly #heard = new Set<(id: string) => void>();
  readonly #bucket = new Lazy<KV>(() => this.#open());

  constructor(
    private readonly nats: Nats,
    private readonly settings: Settings,
  ) {}

  /** Creates a session, always under a new id. */
  async open(member: Omit<Session, 'createdAt' | 'lastSeenAt'>, now = Date.now()): Promise<string> {
    const id = newSessionId();
    const { key, sealingKey } = this.#storageOf(id);
    const session = sealed({ ...member, createdAt: now, lastSeenAt: now }, sealingKey);
    await this.#bucket.use((bucket) => bucket.create(key, session));
    return id;
  }

  /** The session with this id; undefined if there is none or it has ended. */
  async find(id: string, now = Date.now()): Promise<OpenSession | undefined> {
    const { key, sealingKey } = this.#storageOf(id);
    const entry = await this.#bucket.use((bucket) => bucket.get(key));
    if (entry === null || entry.operation !== 'PUT') return undefined;
    const read = stored.parse(JSON.parse(unseal(entry.value, sealingKey)));
    const session = { ...read, signedInAt: read.signedInAt ?? read.createdAt };
    const endsAt = endOf(session, this.settings.session);
    return endsAt > now ? { ...session, id, revision: entry.revision, endsAt } : undefined;
  }

  /** Records that its member is active. Never revives a session that has been ended in the meantime. */
  async extend(session: OpenSession, now = Date.now()): Promise<void> {
    const { id, revision } = session;
    if (!isWorthStoring(session, this.settings.session, now)) return;
    const { issuer, subject, roles, createdAt, signedInAt } = session;
    const { key, sealingKey } = this.#storageOf(id);
    const seen = sealed({ issuer, subject, roles, createdAt, signedInAt, lastSeenAt: now }, sealingKey);
    await this.#bucket.use((bucket) => bucket.update(key, seen, revision)).catch(unlessChanged);
  }

  /** Ends the session for every gateway; does nothing if it has ended already. */
  async end(id: string): Promise<void> {
    await this.#bucket.use((bucket) => bucket.purge(this.#storageOf(id).key));
    for (const hear of this.#heard) hear(id);
  }

  /** Calls back with the id of each session that this gateway ends. */
  onEnd(hear: (id: string) => void): void {
    this.#heard.add(hear);
  }

  #storageOf(id: string) {
    return storageOf(id, this.settings.client.secret);
  }

  async #open(): Promise<KV> {
    const { session, replicas } = this.settings;
    const bucket = await new Kvm(this.nats.jetstream).create(sessionBucket, {
      history: 1,
      ttl: session.absolute,
      max_bytes: 64 * 1024 * 1024,
      maxValueSize: 8 * 1024,
      replicas,
      // Reads go to the leader, so that a session that was ended has ended for every gateway.
      allow_direct: false,
    });
    const { ttl } = await bucket.status();
    if (ttl < session.absolute) {
      const manager = await this.nats.jetstream.jetstreamManager(false);
      await manager.streams.update(`KV_${sessionBucket}`, { max_age: nanos(session.absolute) });
      this.#log.log('The maximum age of stored sessions was increased.');
    }
    return bucket;
  }
}

function sealed(session: Session, key: Buffer): Uint8Array {
  return seal(JSON.stringify(session), key);
}

/** For `catch`: ignores that another request has stored or ended the session first. */
function unlessChanged(error: unknown): void {
  if (!isWrongSequence(error)) throw error;
}
