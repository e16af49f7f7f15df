import { serve } from '@tenure/local/servers/http-server';
import { Resend } from 'resend';

/** Uses the SDK against a server that gives each request the same answer, whoever it may be from. */
export async function resendAnswering<T>(
  { status = 200, body }: { status?: number; body: string },
  use: (resend: Resend) => Promise<T>,
): Promise<T> {
  const server = await serve(
    (request, response) => {
      response.statusCode = status;
      request.resume().on('end', () => response.end(body));
    },
    { port: 0 },
  );
  try {
    return await use(new Resend('re_test', { baseUrl: `http://127.0.0.1:${server.port}` }));
  } finally {
    await server.stop();
  }
}
