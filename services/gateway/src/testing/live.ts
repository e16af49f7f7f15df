/** One message of a stream of server-sent events. */
export interface Heard {
  id: string | undefined;
  event: string | undefined;
  data: unknown;
}

/** Reads server-sent events as a browser does, until it is closed or cut off. */
export class Listener {
  readonly heard: Heard[] = [];
  /** The latest `id`, also of a message without data. */
  lastEventId: string | undefined;
  /** The number of heartbeats received. */
  here = 0;
  readonly ended: Promise<void>;
  hasEnded = false;
  readonly #abort: AbortController;

  private constructor(
    readonly response: Response,
    abort: AbortController,
  ) {
    this.#abort = abort;
    this.ended = this.#read().then(
      () => void (this.hasEnded = true),
      () => void (this.hasEnded = true),
    );
  }

  static async open(
    open: (init: { signal: AbortSignal; headers: Record<string, string> }) => Promise<Response>,
    lastEventId?: string,
  ): Promise<Listener> {
    const abort = new AbortController();
    const headers: Record<string, string> = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
    return new Listener(await open({ signal: abort.signal, headers }), abort);
  }

  get changes(): unknown[] {
    return this.heard.filter(({ event }) => event === 'changed').map(({ data }) => data);
  }

  close(): void {
    this.#abort.abort();
  }

  async #read(): Promise<void> {
    let text = '';
    for await (const part of this.response.body!.pipeThrough(new TextDecoderStream())) {
      text += part;
      const messages = text.split('\n\n');
      text = messages.pop()!;
      for (const message of messages) this.#take(message);
    }
  }

  #take(message: string): void {
    const lines = message.split('\n');
    const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
    this.lastEventId = field('id') ?? this.lastEventId;
    const data = field('data');
    if (field('event') === 'here') this.here += 1;
    else if (data !== undefined) this.heard.push({ id: field('id'), event: field('event'), data: JSON.parse(data) });
  }
}
