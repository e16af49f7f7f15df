import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Stands before a server of the run, which others use as well, and can be closed: then it is as if the server were down. */
export class Gate {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isOpen = true;

  private constructor(target: string) {
    const [host, port] = target.split(':');
    this.#server = createServer((from) => {
      if (!this.#isOpen) return from.destroy();
      const to = connect(Number(port), host);
      for (const socket of [from, to]) {
        this.#sockets.add(socket);
        socket
          .on('error', () => socket.destroy())
          .on('close', () => {
            this.#sockets.delete(socket);
            from.destroy();
            to.destroy();
          });
      }
      from.pipe(to).pipe(from);
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
    this.#isOpen = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  open(): void {
    this.#isOpen = true;
  }

  close(): void {
    this.shut();
    this.#server.close();
  }
}
