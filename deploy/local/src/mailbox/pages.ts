import type { Email } from './email.js';
import { emailEvents } from './webhooks/outcomes.js';

export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character]!);
}

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
  table { width: 100%; border-collapse: collapse }
  th, td { text-align: left; padding: .5rem; border-bottom: 1px solid #8886; vertical-align: top }
  td.at { white-space: nowrap }
  td.long { overflow-wrap: anywhere }
  @media (max-width: 40em) { th, td, td.at { overflow-wrap: anywhere; white-space: normal } }
  form { margin: 1rem 0 }
  input { font: inherit; padding: .25rem .5rem; min-width: 20rem; max-width: 100% }
  button, select { font: inherit; padding: .25rem .75rem }
  iframe { width: 100%; height: 34rem; border: 1px solid #8886; background: #fff }
  pre { white-space: pre-wrap; border: 1px solid #8886; padding: 1rem }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem }
  dd { margin: 0; overflow-wrap: anywhere }`;

export function page(title: string, body: string, head = ''): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${style}</style>${head}</head>
<body>${body}</body></html>`;
}

const at = (email: Email) => `<time datetime="${email.at}">${email.at.replace('T', ' ').slice(0, 19)} UTC</time>`;

/** What was sent, newest first. */
export function listPage(emails: Email[], recipient: string, total: number): string {
  const rows = emails.map(
    (email) => `<tr><td class="at">${at(email)}</td><td>${escapeHtml(email.to.join(', '))}</td>
      <td class="long"><a href="/mail/${email.id}">${escapeHtml(email.subject)}</a></td></tr>`,
  );
  const all = `${total} e-mail${total === 1 ? '' : 's'}`;
  const found = recipient ? `${emails.length} of ${all}` : all;
  return page(
    'Mailbox',
    `<h1>Mailbox</h1>
<p>Every e-mail that Tenure has sent on this machine. None of them leaves it. <a href="/mail-domains">Domains</a></p>
<form><label>Recipient <input name="to" type="search" value="${escapeHtml(recipient)}" placeholder="sofia@"></label> <button>Filter</button></form>
<p>${found}</p>
${rows.length > 0 ? `<table><thead><tr><th>When</th><th>To</th><th>Subject</th></tr></thead><tbody>${rows.join('')}</tbody></table>` : ''}`,
    '<meta http-equiv="refresh" content="15">',
  );
}

/** One e-mail as HTML, in a frame that cannot run scripts, and as text. */
export function mailPage(email: Email): string {
  const facts: [string, string][] = [
    ['From', escapeHtml(email.from)],
    ['To', escapeHtml(email.to.join(', '))],
    ['When', at(email)],
    ...email.tags.map(({ name, value }): [string, string] => [`Tag ${escapeHtml(name)}`, escapeHtml(value)]),
    ...Object.entries(email.headers).map(([name, value]): [string, string] => [escapeHtml(name), escapeHtml(value)]),
    ...(email.idempotencyKey ? [['Idempotency key', escapeHtml(email.idempotencyKey)] as [string, string]] : []),
  ];
  const frame = `<h2>HTML</h2><iframe title="The e-mail as HTML" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="${escapeHtml(
    `<base target="_blank">${email.html ?? ''}`,
  )}"></iframe>`;
  return page(
    email.subject,
    `<p><a href="/">Mailbox</a></p><h1>${escapeHtml(email.subject)}</h1>
<form method="post" action="/mail/${email.id}/events"><label>Report to Tenure that it was <select name="event">${emailEvents
      .map((event) => `<option>${event}</option>`)
      .join('')}</select></label> <button>Report</button></form>
<dl>${facts.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('')}</dl>
${email.html === null ? '' : frame}
${email.text === null ? '' : `<h2>Text</h2><pre>${escapeHtml(email.text)}</pre>`}`,
  );
}
