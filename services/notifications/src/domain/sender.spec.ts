import { senderOf } from './sender.js';

it.each([
  ['Solar Partner', 'Solar Partner <notices@mail.example>'],
  ["Energía & O'Neill+Söhne", "Energía & O'Neill+Söhne <notices@mail.example>"],
  ['Helios, S.L. (Madrid)', 'Helios S L Madrid <notices@mail.example>'],
  ['Other <other@bank.example>\r\nBcc: x', 'Other other bank example Bcc x <notices@mail.example>'],
  ['“”', 'notices@mail.example'],
])('%j is %j: no part of a name can be read as another address or header', (name, sender) =>
  expect(senderOf(name, 'notices@mail.example')).toBe(sender),
);
