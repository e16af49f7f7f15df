import { serve } from './http-server.js';

it('leaves it to its clients to close idle connections, so that none is closed as a request arrives', async () => {
  const server = await serve((_, response) => response.end(), { port: 0 });
  const { headers } = await fetch(`http://127.0.0.1:${server.port}/`);
  await server.stop();
  expect([headers.get('connection'), headers.get('keep-alive')]).toEqual(['keep-alive', null]);
});
