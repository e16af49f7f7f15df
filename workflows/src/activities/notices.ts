import { requestManyNotices, requestNotice, type AnswerOf, type AskOf, type Client } from '@tenure/contracts';

export type Notice = AskOf<typeof requestNotice>;

/** A single notice is a message of its own. @throws DomainError */
export async function requestNotices(
  services: Client,
  notices: Notice[],
  timeout: number,
): Promise<AnswerOf<typeof requestManyNotices>> {
  const [first, ...others] = notices;
  if (others.length > 0) return services.ask(requestManyNotices, { asks: notices }, { timeout });
  return { items: [{ answer: await services.ask(requestNotice, first!, { timeout }) }] };
}
