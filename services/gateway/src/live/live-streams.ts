import { PassThrough } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import {
  Injectable,
  StreamableFile,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DomainError, refuse, type MemberView } from '@tenure/contracts';
import type { Request } from 'express';
import { mayHear, type LiveEvent } from '../domain/live.js';
import { sessionIdOf } from '../sessions/session-cookie.js';
import { Sessions } from '../sessions/sessions.js';
import { Settings } from '../settings.js';
import { Callers } from '../sign-in/callers.js';
import { Members } from '../sign-in/members.js';
import { LiveEvents } from './live-events.js';

/** A page that is open: to whom it belongs, and how it is told. */
interface OpenStream {
  request: Request;
  member: MemberView;
  out: PassThrough;
}

/** Browsers open no more than six connections to one host; several browsers are fine. */
const perMember = 20;
/** Whoever has not read this much, in bytes, is cut off: they come back, and hear the rest. */
const patience = 256 * 1024;

/** The streams of the open pages. Each is looked at again every few seconds: is that person still signed in, and may they? */
@Injectable()
export class LiveStreams implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #open = new Set<OpenStream>();
  #beat: NodeJS.Timeout | undefined;

  constructor(
    private readonly events: LiveEvents,
    private readonly callers: Callers,
    private readonly sessions: Sessions,
    private readonly members: Members,
    private readonly settings: Settings,
  ) {}

  onApplicationBootstrap(): void {
    this.events.onEvent((event) => this.#tell(event));
    this.events.onBegin(() => this.#askAnew());
    this.sessions.onEnd((id) => this.#end(({ request }) => sessionIdOf(request, this.settings.origin) === id));
    this.members.onChange((memberId) =>
      this.#end(({ member }) => memberId === undefined || member.memberId === memberId),
    );
    this.#beat = setInterval(() => this.#look(), this.settings.heartbeat);
  }

  /** Before the server stops to listen: it would wait for them. */
  beforeApplicationShutdown(): void {
    clearInterval(this.#beat);
    for (const { out } of this.#open) cut(out, 'the gateway stops');
  }

  /**
   * @param after the last event that the page has heard; undefined when it comes for the first time
   * @throws too_many_requests beyond 20 of one member; unavailable while events are not heard
   */
  async open(request: Request, member: MemberView, after: number | undefined): Promise<StreamableFile> {
    if (!this.events.hears) throw refuse('unavailable', 'What happens cannot be followed now. Try again.');
    const own = [...this.#open].filter((stream) => stream.member.memberId === member.memberId);
    if (own.length >= perMember) throw refuse('too_many_requests', `At most ${perMember} pages can be open at a time.`);

    const stream = { request, member, out: new PassThrough() };
    this.#open.add(stream);
    stream.out.once('close', () => this.#open.delete(stream));
    stream.out.on('error', () => undefined);
    this.#catchUp(stream, after);
    this.#write(stream, this.#here());
    const file = new StreamableFile(stream.out, { type: 'text/event-stream' });
    return file.setErrorHandler((_, response) => void response.destroy?.());
  }

  #catchUp(stream: OpenStream, after: number | undefined): void {
    if (after === undefined) return;
    const missed = this.events.after(after);
    if (missed === undefined) this.#write(stream, resync);
    for (const event of missed ?? []) if (mayHear(stream.member, event)) this.#write(stream, textOf(event));
  }

  /** Whoever was open before has missed what nobody can say. */
  #askAnew(): void {
    for (const stream of this.#open) this.#write(stream, `${placeAt(this.events.last)}${resync}`);
  }

  #tell(event: LiveEvent): void {
    const text = textOf(event);
    for (const stream of this.#open) if (mayHear(stream.member, event)) this.#write(stream, text);
  }

  #write({ out }: OpenStream, text: string): void {
    if (out.destroyed || out.writableEnded) return;
    out.write(text);
    if (out.writableLength > patience) cut(out, 'it is not read');
  }

  #end(which: (stream: OpenStream) => boolean): void {
    for (const stream of this.#open) if (which(stream)) stream.out.end();
  }

  /** That somebody is there, until when that is said again, and how far a page has come that nothing concerned. */
  #here(): string {
    const data = JSON.stringify({ againWithinSeconds: this.settings.heartbeat / 1_000 });
    return `${placeAt(this.events.last)}event: here\ndata: ${data}\n\n`;
  }

  #look(): void {
    const here = this.#here();
    for (const stream of this.#open) {
      this.#write(stream, here);
      void this.#mayStay(stream).then((stays) => stays || stream.out.end());
    }
  }

  /** Somebody of whom nothing can be found out now may stay: they hear nothing either. */
  async #mayStay({ request, member }: OpenStream): Promise<boolean> {
    try {
      const now = await this.callers.member(await this.callers.identify(request));
      return isDeepStrictEqual(now.roles, member.roles) && now.organizationId === member.organizationId;
    } catch (error) {
      return error instanceof DomainError && error.problem.status >= 500;
    }
  }
}

/** Without an error, the answer would wait for what does not come. */
function cut(out: PassThrough, why: string): void {
  out.destroy(new Error(`An open page is cut off: ${why}.`));
}

const resync = 'event: resync\ndata: {}\n\n';
const placeAt = (sequence: number) => `id: ${sequence}\n`;

function textOf({ sequence, change }: LiveEvent): string {
  return `${placeAt(sequence)}event: changed\ndata: ${JSON.stringify(change)}\n\n`;
}
