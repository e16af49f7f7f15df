import { asyncApi } from './asyncapi.js';
import { isForServices } from './message.js';
import { allEvents, allRequests } from './all-messages.js';

const { channels, operations, components } = JSON.parse(JSON.stringify(asyncApi()));

describe('the AsyncAPI description', () => {
  it.each(allRequests.filter(isForServices))(
    'has $name, with who may ask it and how it is answered',
    ({ name, callers }) => {
      expect(channels[name]).toMatchObject({
        address: `${name}.{caller}`,
        parameters: { caller: { enum: callers } },
      });
      expect(operations[`receive ${name}`]).toMatchObject({
        action: 'receive',
        reply: { channel: { $ref: `#/channels/${name}.answer` } },
      });
    },
  );
  it.each(allEvents)('has the event $name', ({ name }) =>
    expect(components.messages[`${name}.event`].payload.properties.type.const).toBe(name),
  );
  it('leaves out what Tenure’s own processes ask each other', () =>
    expect(Object.keys(operations).filter((operation) => operation.includes('accounts.decision.settle'))).toEqual([]));
});
