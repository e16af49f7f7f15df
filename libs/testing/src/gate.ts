import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * A proxy in front of a shared server of the run. Shut, it acts as if the server were down. Holding, as if the server
 * were slow. It can silently lose the existing connections, as if another machine had taken the server's place, or let
 * somebody else answer for a while.
 */
export class Gate {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #servers = new Set<Socket>();
  readonly #lost = new WeakSet<Socket>();
  readonly #held: { chunk: Buffer; to: Socket }[] = [];
  readonly #diverted: ((from: Socket) => void)[] = [];
  #state: 'open' | 'holds' | 'shut' = 'open';
  #holdsAnswers = false;

  private constructor(target: string) {
    const [host, port] = target.split(':');
    this.#server = createServer((from) => {
      from.on('error', () => from.destroy());
      if (this.#state === 'shut') return from.destroy();
      const elsewhere = this.#diverted.shift();
      if (elsewhere !== undefined) return elsewhere(from);
      const to = connect(Number(port), host);
      this.#servers.add(to);
      for (const socket of [from, to]) {
        this.#sockets.add(socket);
        socket
          .on('error', () => socket.destroy())
          .on('close', () => {
            this.#sockets.delete(socket);
            this.#servers.delete(socket);
            from.destroy();
            to.destroy();
          });
      }
      from.on('data', (chunk: Buffer) => {
        if (this.#lost.has(from)) return;
        if (this.#state === 'holds') this.#held.push({ chunk, to });
        else to.write(chunk);
      });
      from.on('end', () => to.end());
      to.on('data', (chunk: Buffer) => {
        if (this.#lost.has(to)) return;
        if (this.#holdsAnswers) this.#held.push({ chunk, to: from });
        else from.write(chunk);
      });
      to.on('end', () => from.end());
      return undefined;
    });
  }

  static async before(target: string): Promise<Gate> {
    const gate = new Gate(target);
    await new Promise<void>((resolve) => gate.#server.listen(0, '127.0.0.1', resolve));
    return gate;
  }

  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  shut(): void {
    this.#state = 'shut';
    for (const socket of this.#sockets) socket.destroy();
  }

  hold(): void {
    this.#state = 'holds';
  }

  /** Requests arrive, but what the server sends is held. */
  holdAnswers(): void {
    this.#holdsAnswers = true;
  }

  lose(): void {
    for (const socket of this.#sockets) this.#lost.add(socket);
  }

  /** Requests arrive, but no answer comes back. */
  loseAnswers(): void {
    for (const server of this.#servers) this.#lost.add(server);
  }

  /** What was sent since and is being held. */
  held(): Buffer {
    return Buffer.concat(this.#held.map(({ chunk }) => chunk));
  }

  /** The next `times` connections are answered by `answer`. */
  divert(times: number, answer: (from: Socket) => void): void {
    this.#diverted.push(...Array(times).fill(answer));
  }

  open(): void {
    this.#state = 'open';
    this.#holdsAnswers = false;
    for (const { chunk, to } of this.#held.splice(0)) to.write(chunk);
  }

  close(): void {
    this.shut();
    this.#server.close();
  }
}
