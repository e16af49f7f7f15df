import { pagesOf } from './pages.js';

const letter = {
  name: 'reminder',
  language: 'es',
  subject: '«A & B» caduca mañana',
  html: '<style>@media (prefers-color-scheme: dark) { .ink { color: white } }</style>',
  text: 'Hola: <b>',
};
const pages = pagesOf([letter]);

it('has each letter in the light and the dark scheme, whatever the browser prefers, and as text', () =>
  expect([...pages].filter(([file]) => file !== 'index.html')).toEqual([
    ['reminder.es.light.html', '<style>@media not all { .ink { color: white } }</style>'],
    ['reminder.es.dark.html', '<style>@media all { .ink { color: white } }</style>'],
    ['reminder.es.txt', 'Hola: <b>'],
  ]));

it('has one page with all of them, at the widths of a phone and of a window', () => {
  const index = pages.get('index.html')!;
  expect(index).toContain('<h2>«A &amp; B» caduca mañana</h2>');
  expect(index).toContain('<pre>Hola: &lt;b&gt;</pre>');
  expect([...index.matchAll(/src="([^"]*)" width="(\d+)"/g)].map(([, file, width]) => `${file} ${width}`)).toEqual([
    'reminder.es.light.html 320',
    'reminder.es.light.html 680',
    'reminder.es.dark.html 320',
    'reminder.es.dark.html 680',
  ]);
});
