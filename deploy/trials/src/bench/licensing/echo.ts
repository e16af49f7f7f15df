import { connect } from '@nats-io/transport-node';
import { echoSubject } from './echo-subject.js';

/** A service that does nothing, to measure what a request over NATS costs in this runtime. */
const { NATS_URL, NATS_USER, NATS_PASSWORD } = process.env as Record<string, string>;
const nats = await connect({ servers: NATS_URL!, user: NATS_USER!, pass: NATS_PASSWORD! });
nats.subscribe(echoSubject, { queue: 'echo', callback: (_, message) => void message.respond(message.data) });
process.once('SIGTERM', () => void nats.drain());
