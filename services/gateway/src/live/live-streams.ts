import { PassThrough } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import {
  Injectable,
  StreamableFile,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { refuse, type MemberView } from '@tenure/contracts';
import type { Request } from 'express';
import { mayReceive, type LiveEvent } from '../domain/live.js';
import { sessionIdOf } from '../sessions/session-cookie.js';
import { Sessions } from '../sessions/sessions.js';
import { Settings } from '../settings.js';
import { Callers, mayContinue } from '../sign-in/callers.js';
import { Members } from '../sign-in/members.js';
import { LiveEvents } from './live-events.js';

/** An open page: whose it is, and the stream to it. */
interface OpenStream {
  request: Request;
  member: MemberView;
  out: PassThrough;
}

/** A browser opens at most six connections to one host, so this allows several browsers. */
const maxPerMember = 20;
/** A page with more unread bytes than this is cut off; it reconnects and receives the rest. */
const maxUnreadBytes = 256 * 1024;
/** A page that missed more than this fetches everything again: sent at once, it could have the page cut off each time. */
const maxMissedBytes = maxUnreadBytes / 2;

/** The streams of the open pages. Each is checked every few seconds: is its member still signed in, with the same rights? */
@Injectable()
export class LiveStreams implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #open = new Set<OpenStream>();

  constructor(
    private readonly events: LiveEvents,
    private readonly callers: Callers,
    private readonly sessions: Sessions,
    private readonly members: Members,
    private readonly settings: Settings,
  ) {}

  onApplicationBootstrap(): void {
    this.events.onEvent((event) => this.#tell(event));
    this.events.onBegin(() => this.#resyncAll());
    this.sessions.onEnd((id) => this.#end(({ request }) => sessionIdOf(request, this.settings.origin) === id));
    this.members.onChange((memberId) =>
      this.#end(({ member }) => memberId === undefined || member.memberId === memberId),
    );
  }

  /** Before the server stops listening, because that waits for open connections. */
  beforeApplicationShutdown(): void {
    for (const { out } of this.#open) cut(out, 'the gateway is stopping');
  }

  /**
   * @param after the last event that the page received; undefined on its first connection
   * @throws too_many_requests beyond 20 streams of one member; unavailable while events are not received
   */
  async open(request: Request, member: MemberView, after: number | undefined): Promise<StreamableFile> {
    if (!this.events.isReceiving) throw refuse('unavailable', 'Live updates are not available. Try again.');
    const own = [...this.#open].filter((stream) => stream.member.memberId === member.memberId);
    if (own.length >= maxPerMember)
      throw refuse('too_many_requests', `A member can have at most ${maxPerMember} live streams at a time.`);

    const stream = { request, member, out: new PassThrough() };
    this.#open.add(stream);
    // Each has its own: a single one would check the sign-ins of thousands of pages at once.
    const heartbeat = setInterval(() => this.#look(stream), this.settings.heartbeat);
    stream.out.once('close', () => {
      clearInterval(heartbeat);
      this.#open.delete(stream);
    });
    stream.out.on('error', () => undefined);
    this.#catchUp(stream, after);
    this.#write(stream, this.#here());
    const file = new StreamableFile(stream.out, { type: 'text/event-stream' });
    return file.setErrorHandler((_, response) => void response.destroy?.());
  }

  #catchUp(stream: OpenStream, after: number | undefined): void {
    if (after === undefined) return;
    const missed = this.events.after(after)?.filter((event) => mayReceive(stream.member, event));
    const text = missed?.map(textOf).join('');
    this.#write(stream, text === undefined || text.length > maxMissedBytes ? resync : text);
  }

  /** The open pages may have missed any number of events. */
  #resyncAll(): void {
    for (const stream of this.#open) this.#write(stream, `${placeAt(this.events.last)}${resync}`);
  }

  #tell(event: LiveEvent): void {
    const text = textOf(event);
    for (const stream of this.#open) if (mayReceive(stream.member, event)) this.#write(stream, text);
  }

  #write({ out }: OpenStream, text: string): void {
    if (out.destroyed || out.writableEnded) return;
    out.write(text);
    if (out.writableLength > maxUnreadBytes) cut(out, 'the page does not read it');
  }

  #end(which: (stream: OpenStream) => boolean): void {
    for (const stream of this.#open) if (which(stream)) stream.out.end();
  }

  /** A heartbeat with its interval, and the current position for pages that no recent event concerned. */
  #here(): string {
    const data = JSON.stringify({ againWithinSeconds: this.settings.heartbeat / 1_000 });
    return `${placeAt(this.events.last)}event: here\ndata: ${data}\n\n`;
  }

  #look(stream: OpenStream): void {
    this.#write(stream, this.#here());
    void this.#mayStay(stream).then((stays) => stays || stream.out.end());
  }

  #mayStay({ request, member }: OpenStream): Promise<boolean> {
    return mayContinue(
      this.callers.identify(request).then((caller) => this.callers.member(caller)),
      (now) => isDeepStrictEqual(now.roles, member.roles) && now.organizationId === member.organizationId,
    );
  }
}

/** Destroys with an error, because otherwise the answer would never end. */
function cut(out: PassThrough, why: string): void {
  out.destroy(new Error(`A live stream is cut off: ${why}.`));
}

const resync = 'event: resync\ndata: {}\n\n';
const placeAt = (sequence: number) => `id: ${sequence}\n`;

function textOf({ sequence, change }: LiveEvent): string {
  return `${placeAt(sequence)}event: changed\ndata: ${JSON.stringify(change)}\n\n`;
}
