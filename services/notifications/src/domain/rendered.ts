/** An e-mail as it was handed over. */
export interface Rendered {
  from: string;
  to: string[];
  subject: string;
  html: string;
  text: string;
}

/**
 * The e-mail of one delivery in a request to the provider, which is one e-mail or a batch; its tag says which it is.
 * @param request JSON, as it is stored
 */
export function renderedIn(request: string, deliveryId: string): Rendered | null {
  const emails = [JSON.parse(request) as Tagged | Tagged[]].flat();
  const own = emails.find(({ tags }) => tags.some(({ name, value }) => name === 'delivery' && value === deliveryId));
  if (own === undefined) return null;
  const { from, to, subject, html, text } = own;
  return { from, to, subject, html, text };
}

type Tagged = Rendered & { tags: { name: string; value: string }[] };
