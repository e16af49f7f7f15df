import { asyncApi } from './asyncapi.js';
import { envelopeSchema, readAs } from './event.js';
import { isForServices } from './message.js';
import { allEvents, allRequests } from './all-messages.js';
import { followed } from './rights.js';

const { channels, operations, components } = JSON.parse(JSON.stringify(asyncApi()));

describe('the AsyncAPI description', () => {
  it.each(allRequests.filter(isForServices))('has $name, with its callers and its answer', ({ name, callers }) => {
    expect(channels[name]).toMatchObject({
      address: `${name}.{caller}`,
      parameters: { caller: { examples: callers } },
    });
    expect(operations[`receive ${name}`]).toMatchObject({
      action: 'receive',
      reply: { channel: { $ref: `#/channels/${name}.answer` } },
    });
  });
  it('limits callers no more than NATS does: an operator may have added services', () =>
    expect(Object.values(channels).filter((channel) => JSON.stringify(channel).includes('"enum"'))).toEqual([]));
  it.each(followed)('has the event $name', ({ name }) =>
    expect(components.messages[`${name}.event`].payload.properties.type.const).toBe(name),
  );
  it('has no pattern that only JavaScript understands', () => {
    const patterns = [...JSON.stringify(components).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(
      ([, text]) => JSON.parse(text!) as string,
    );
    expect(patterns).toContain(String.raw`^[^\x00]{1,200}$`);
    expect(patterns.filter((pattern) => /\(\?[=!<]|\\p|\\0/i.test(pattern))).toEqual([]);
  });
  it('leaves the objects of answers and events open, because later versions add fields, and those of requests closed', () => {
    const closed = ([, message]: [string, unknown]) => JSON.stringify(message).includes('"additionalProperties":false');
    expect(
      Object.entries(components.messages)
        .filter(closed)
        .map(([name]) => name),
    ).toEqual(Object.keys(components.messages).filter((name) => name.endsWith('.request')));
  });
  it('leaves out the events that services may not follow', () =>
    expect(allEvents.filter((event) => !followed.includes(event) && event.name in channels)).toEqual([]));
  it.each(allRequests.filter(isForServices))('says what $name does', ({ name }) =>
    expect(components.messages[`${name}.request`].payload.description).toEqual(expect.any(String)),
  );
  it.each(followed)('says what the event $name means', ({ name }) =>
    expect(components.messages[`${name}.event`].payload.properties.data.description).toEqual(expect.any(String)),
  );
  it.each(allRequests.filter(isForServices))(
    'has an example of $name and of its answer, valid and complete',
    (message) => {
      const { name, request, answer } = message;
      const [asked] = components.messages[`${name}.request`].examples;
      const [answered] = components.messages[`${name}.answer`].examples;
      expect(request.safeParse(asked.payload).success).toBe(true);
      expect(answer.parse(answered.payload)).toEqual(answered.payload);
    },
  );
  it.each(followed)('has an example of the event $name, valid and complete', (event) => {
    const [{ payload }] = components.messages[`${event.name}.event`].examples;
    expect(readAs(event, envelopeSchema.parse(payload))).toEqual(payload);
  });
  it('leaves out messages between Tenure’s own processes', () =>
    expect(Object.keys(operations).filter((operation) => operation.includes('accounts.decision.settle'))).toEqual([]));
});
