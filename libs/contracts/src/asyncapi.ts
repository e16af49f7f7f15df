import { z } from 'zod';
import { isForServices, type Event, type Request } from './message.js';
import { contractVersion } from './discovery.js';
import { forReaders, portable } from './portable.js';
import { envelopeSchema } from './event.js';
import { eventExamples, exampleOf } from './examples.js';
import { problemSchema } from './problem.js';
import { allRequests } from './all-messages.js';
import { followed } from './rights.js';

/**
 * The AsyncAPI 3.0 description of the requests that Tenure answers for the platform's services over NATS and of the
 * events that it sends them, generated from the schemas that validate them. From Tenure's point of view: it receives
 * requests and sends events. What its own processes send each other is left out, since NATS lets no service receive it.
 */
export function asyncApi() {
  const requests = allRequests.filter(isForServices);
  return portable({
    asyncapi: '3.0.0',
    info: {
      title: 'Tenure over NATS',
      version: contractVersion,
      description: [
        'Requests and events are plain JSON. A request is published on `<name>.<caller>`, where the caller is the NATS user;',
        'the server accepts no other name from that user. A refusal carries the headers `Nats-Service-Error-Code` and',
        '`Nats-Service-Error` (NATS ADR-32) and an RFC 9457 problem. Events come from the JetStream stream `EVENTS`.',
      ].join(' '),
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries([
      ...requests.map((request) => [request.name, requestChannel(request)]),
      ...requests.map((request) => [`${request.name}.answer`, answerChannel(request)]),
      ...followed.map((event) => [event.name, eventChannel(event)]),
    ]),
    operations: Object.fromEntries([
      ...requests.map((request) => [`receive ${request.name}`, requestOperation(request)]),
      ...followed.map((event) => [`send ${event.name}`, eventOperation(event)]),
    ]),
    components: {
      messages: Object.fromEntries([
        [
          'problem',
          { title: 'A refusal', headers: problemHeaders, payload: forReaders(schemaOf(problemSchema, 'output')) },
        ],
        ...requests.map((request) => [
          `${request.name}.request`,
          {
            title: `${request.name}, asked`,
            payload: schemaOf(request.request, 'input'),
            ...withExample(exampleOf(request.name)?.request),
          },
        ]),
        ...requests.map((request) => [
          `${request.name}.answer`,
          {
            title: `${request.name}, answered`,
            payload: forReaders(schemaOf(request.answer, 'output')),
            ...withExample(exampleOf(request.name)?.answer),
          },
        ]),
        ...followed.map((event) => [
          `${event.name}.event`,
          {
            title: event.name,
            payload: forReaders(eventSchema(event)),
            ...withExample(eventExamples.find(({ type }) => type === event.name)),
          },
        ]),
      ]),
    },
  });
}

function withExample(payload: unknown) {
  return payload === undefined ? {} : { examples: [{ payload }] };
}

const problemHeaders = {
  type: 'object',
  properties: {
    'Nats-Service-Error-Code': { type: 'string', description: 'The status of the problem.' },
    'Nats-Service-Error': { type: 'string', description: 'The title of the problem.' },
  },
};

function requestChannel(request: Request) {
  return {
    address: `${request.name}.{caller}`,
    parameters: {
      caller: {
        description:
          'The NATS user who sends the request: one that Tenure defines, or a service that an operator added.',
        examples: [...request.callers],
      },
    },
    messages: { request: { $ref: `#/components/messages/${request.name}.request` } },
  };
}

/** The inbox that the request names: its address is the request's reply subject. */
function answerChannel({ name }: Request) {
  return {
    address: null,
    messages: {
      answer: { $ref: `#/components/messages/${name}.answer` },
      problem: { $ref: '#/components/messages/problem' },
    },
  };
}

function eventChannel({ name }: Event) {
  return {
    address: `events.${name}.{organizationId}`,
    parameters: { organizationId: { description: 'The organization that the event is about.' } },
    messages: { event: { $ref: `#/components/messages/${name}.event` } },
  };
}

function requestOperation(request: Request) {
  return {
    action: 'receive',
    channel: { $ref: `#/channels/${request.name}` },
    reply: { channel: { $ref: `#/channels/${request.name}.answer` } },
  };
}

function eventOperation({ name }: Event) {
  return { action: 'send', channel: { $ref: `#/channels/${name}` } };
}

/** The schema of an event: the fields that every event has, with its own data. */
export function eventSchema({ name, data }: Event) {
  return schemaOf(envelopeSchema.extend({ type: z.literal(name), data }), 'output');
}

/** As JSON Schema: for the sender (`input`, where fields with a default may be left out) or the reader (`output`). */
export function schemaOf(schema: z.ZodType, io: 'input' | 'output') {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io });
  return rest;
}
