/** What the tour needs of a stack: where its front doors are, and how to be rude to its worker. */
export interface Stack {
  /** Of the gateway: `http://…/api`. */
  api: string;
  /** Of the mailbox: `http://…`. */
  mailbox: string;
  /** An access token, as `npm run token` prints it. */
  token(signIn: string): Promise<string>;
  /** The NATS user who measures how many datapoints devices use. */
  ingestion: { servers: string; user: string; pass: string };
  /** The worker's process; it changes when it is started again. */
  workerPid(): number | undefined;
}
