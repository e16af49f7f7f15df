import { createHash } from 'node:crypto';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { LetterEmail, type LetterEmailProps } from './letter-email.js';
import { asText } from './letter-text.js';

/**
 * What all e-mails of one shape have in common, with a gap for each text: `{{greeting}}`. It is stored once, under the
 * hash of what it is, and never changed.
 */
export interface Form {
  formId: string;
  html: string;
  text: string;
}

/** An e-mail: a form, and what is to be written into its gaps, by their names. */
export interface FilledForm {
  form: Form;
  texts: Readonly<Record<string, string>>;
}

/** An e-mail as people get it. */
export interface RenderedEmail {
  subject: string;
  html: string;
  text: string;
}

/** As React renders it, which takes it longer than all else of an e-mail: so it does that once for each shape. */
export function formOf({ language, ...said }: LetterEmailProps): FilledForm {
  const texts: Record<string, string> = {};
  const gaps = leaveGaps(said, '', texts);
  const shape = [language, ...Object.keys(texts)].join(' ');
  const form = forms.get(shape) ?? newForm({ language, ...gaps });
  forms.set(shape, form);
  return { form, texts };
}
const forms = new Map<string, Form>();

/** The only way from what is stored of an e-mail to the e-mail. What is written into a gap is never looked at again. */
export function fillIn({ form, texts }: FilledForm): RenderedEmail {
  const textOf = (name: string) => {
    const text = texts[name];
    if (text === undefined) throw new Error(`Nothing is said of ${name}.`);
    return text;
  };
  return {
    subject: textOf('subject'),
    html: form.html.replaceAll(gap, (_, name: string) => escaped(textOf(name))),
    text: form.text.replaceAll(gap, (_, name: string) => textOf(name)),
  };
}
const gap = /\{\{([\w.]+)\}\}/g;

/** Mail programs know this one; with another, some of them lay out an e-mail as they please. */
const DOCTYPE =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">';

/** Not by react-email's own `render`, which streams. */
export function asHtml(email: LetterEmailProps): string {
  return DOCTYPE + renderToStaticMarkup(createElement(LetterEmail, email));
}

function newForm(email: LetterEmailProps): Form {
  const [html, text] = [asHtml(email), asText(email)];
  const formId = createHash('sha256')
    .update(JSON.stringify([html, text]))
    .digest('hex');
  return { formId, html, text };
}

/** The same with a gap in place of each text, and the texts by the gaps' names. */
function leaveGaps<T>(said: T, name: string, texts: Record<string, string>): T {
  if (typeof said === 'string') {
    texts[name] = said;
    return `{{${name}}}` as T;
  }
  if (typeof said !== 'object' || said === null) return said;
  const inner = (key: string | number) => (name === '' ? String(key) : `${name}.${key}`);
  if (Array.isArray(said)) return said.map((one: unknown, index) => leaveGaps(one, inner(index), texts)) as T;
  return Object.fromEntries(Object.entries(said).map(([key, one]) => [key, leaveGaps(one, inner(key), texts)])) as T;
}

/** As React does it, in texts and in attributes alike. */
function escaped(text: string): string {
  return text.replaceAll(/["&'<>]/g, (character) => entities[character]!);
}
const entities: Record<string, string> = { '"': '&quot;', '&': '&amp;', "'": '&#x27;', '<': '&lt;', '>': '&gt;' };
