import { createHash } from 'node:crypto';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { LetterEmail, type LetterEmailProps } from './letter-email.js';
import { asText } from './letter-text.js';

/**
 * What all e-mails of one shape have in common, with a placeholder for each text: `{{greeting}}`. It is stored once,
 * under the hash of its content, and never changes.
 */
export interface Form {
  formId: string;
  html: string;
  text: string;
}

/** An e-mail: a form, and the texts for its placeholders, by name. */
export interface FilledForm {
  form: Form;
  texts: Readonly<Record<string, string>>;
}

/** An e-mail as recipients get it. */
export interface RenderedEmail {
  subject: string;
  html: string;
  text: string;
}

/**
 * Splits an e-mail into its form and its texts. React renders each shape only once, because rendering is the slowest
 * step of writing an e-mail.
 */
export function formOf({ language, ...said }: LetterEmailProps): FilledForm {
  const texts: Record<string, string> = {};
  const gaps = leaveGaps(said, '', texts);
  const shape = [language, ...Object.keys(texts)].join(' ');
  const form = forms.get(shape) ?? newForm({ language, ...gaps });
  forms.set(shape, form);
  return { form, texts };
}
const forms = new Map<string, Form>();

/** Builds the e-mail from its stored parts; nothing else does. An inserted text is not searched for placeholders. */
export function fillIn({ form, texts }: FilledForm): RenderedEmail {
  const textOf = (name: string) => {
    const text = texts[name];
    if (text === undefined) throw new Error(`The text ${name} is missing.`);
    return text;
  };
  return {
    subject: textOf('subject'),
    html: form.html.replaceAll(gap, (_, name: string) => escaped(textOf(name))),
    text: form.text.replaceAll(gap, (_, name: string) => textOf(name)),
  };
}
const gap = /\{\{([\w.]+)\}\}/g;

/** Some mail programs lay out an e-mail unpredictably with any other doctype. */
const DOCTYPE =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">';

/** Not react-email's own `render`, which streams. */
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

/** Replaces each text with a placeholder, and collects the texts by the placeholders' names. */
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

/** Escapes as React does, in texts and in attributes alike. */
function escaped(text: string): string {
  return text.replaceAll(/["&'<>]/g, (character) => entities[character]!);
}
const entities: Record<string, string> = { '"': '&quot;', '&': '&amp;', "'": '&#x27;', '<': '&lt;', '>': '&gt;' };
