import fc from 'fast-check';
import { sampleEmails } from '../samples/samples.js';
import { asHtml, fillIn, formOf } from './form.js';
import type { LetterEmailProps } from './letter-email.js';
import { asText } from './letter-text.js';

const rendered = (email: LetterEmailProps) => ({ subject: email.subject, html: asHtml(email), text: asText(email) });

describe('a filled-in form is byte for byte what React renders:', () => {
  it.each(sampleEmails().map(({ name, language, email }) => [`${name}.${language}`, email] as const))(
    '%s',
    (_, email) => expect(fillIn(formOf(email))).toEqual(rendered(email)),
  );

  it('whatever the texts contain', () => {
    // The library's own unit for this, `binary`, makes a table of all of them, which takes seconds.
    const anyCharacter = fc.integer({ min: 0, max: 0x10_ffff }).map((point) => String.fromCodePoint(point));
    const hostile = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc
        .array(
          fc.constantFrom(
            ...['"', "'", '&', '&amp;', '<', '>', '</title>', '<!--', '{{', '}}', '{{subject}}', '$&', '$1', '\\'],
            ...['\n', '\r\n', '\u2028', '\u0000', '\u202E', '\u2066', '\uFEFF', '\uD800', '👩‍🚒', 'ñ', ' ', ''],
          ),
        )
        .map((parts) => parts.join('')),
    );
    const path = fc.oneof(hostile).map((text) => `https://tenure.example/${text}`);
    // A label identifies one row.
    const figures = fc.uniqueArray(fc.record({ label: hostile, value: hostile }), {
      maxLength: 4,
      selector: ({ label }) => label,
    });
    const email: fc.Arbitrary<LetterEmailProps> = fc.record({
      language: fc.constantFrom('en', 'es'),
      letterhead: fc.option(fc.record({ name: hostile, logoUrl: fc.option(path) })),
      subject: hostile,
      greeting: hostile,
      letter: fc.record({
        subject: hostile,
        preview: hostile,
        paragraphs: fc.array(hostile, { maxLength: 7 }),
        figures,
        action: hostile,
      }),
      link: fc.option(path),
      calendar: fc.option(fc.record({ action: hostile, link: path })),
      footer: hostile,
    });
    fc.assert(fc.property(email, (one) => expect(fillIn(formOf(one))).toEqual(rendered(one))));
  });
});

describe('a form', () => {
  const sample = (named: string) =>
    sampleEmails().find(({ name, language }) => name === named && language === 'en')!.email;
  const reminder = sample('reminder');

  it('is the same for all e-mails of one shape, whatever their texts', () => {
    const other = { ...reminder, subject: 'Another', letter: { ...reminder.letter, preview: 'Something else' } };
    expect(formOf(other).form).toBe(formOf(reminder).form);
  });

  it('is different for another shape', () =>
    expect(formOf(sample('reminder-last-day')).form.formId).not.toBe(formOf(reminder).form.formId));

  it('contains nothing personal', () => {
    const { form, texts } = formOf(reminder);
    expect(Object.values(texts).join()).toContain('Hotel Sol');
    expect(form.html + form.text).not.toMatch(/Hotel Sol|Sofía|Solar Partner/);
  });

  it('with a missing text cannot become an e-mail', () => {
    const { form, texts } = formOf(reminder);
    const { greeting: _, ...rest } = texts;
    expect(() => fillIn({ form, texts: rest })).toThrow('The text greeting is missing.');
  });
});
