import { Stop } from '@tenure/platform/command/stop';
import { readFile } from './read-file.js';

const read = (text: string) => readFile(Buffer.from(text));
const head = 'organization,account_name,customer_name,license,datapoints,sector,expires_on,comment';

describe('an accounts file', () => {
  it('is read record by record, each with its first line; empty cells are absent', () =>
    expect(
      read(
        `${head}\r\nSolar,"One\nroof",Sol,plus,20,hotel,,\r\n\r\nSolar, Two ,Sol,plus,20,hotel,2027-11-24,"a, b"\r\n`,
      ),
    ).toEqual([
      {
        line: 2,
        cells: {
          organization: 'Solar',
          account_name: 'One\nroof',
          customer_name: 'Sol',
          license: 'plus',
          datapoints: '20',
          sector: 'hotel',
        },
      },
      {
        line: 5,
        cells: {
          ...{ organization: 'Solar', account_name: 'Two', customer_name: 'Sol', license: 'plus', datapoints: '20' },
          ...{ sector: 'hotel', expires_on: '2027-11-24', comment: 'a, b' },
        },
      },
    ]));

  it.each([';', '\t'])('may separate its fields by %j', (mark) =>
    expect(read(`${head.replaceAll(',', mark)}\nSolar${mark}One\n`)).toMatchObject([
      { line: 2, cells: { organization: 'Solar', account_name: 'One' }, fields: { found: 2, expected: 8 } },
    ]),
  );

  it('separates its fields like its column names, whatever its cells contain', () =>
    expect(read(`${head.replaceAll(',', ';')}\nSolar;One;;;;;;"a, b"\n`)).toMatchObject([
      { cells: { organization: 'Solar', account_name: 'One', comment: 'a, b' } },
    ]));

  it('may name its columns in any case, with space around', () =>
    expect(read(`${head.replace('datapoints', ' Datapoints ')}\nSolar,,,,20,,,\n`)).toMatchObject([
      { cells: { datapoints: '20' } },
    ]));

  it('keeps text in a cell that looks like npm’s banner', () =>
    expect(read(`${head}\nSolar,,,,,,,"He wrote:\n> Hello\n\nBye"\n`)).toMatchObject([
      { line: 2, cells: { comment: 'He wrote:\n> Hello\n\nBye' } },
    ]));

  it('may begin with a byte order mark or npm’s banner', () => {
    expect(read(`\uFEFF${head}\nSolar,,,,,,,\n`)).toMatchObject([{ line: 2 }]);
    expect(read(`\n> tenure@0.1.0 export\n> node run.mjs export\n\n${head}\nSolar,,,,,,,\n`)).toMatchObject([
      { line: 6 },
    ]);
  });

  it('may end without a line break', () =>
    expect(read(`${head}\nSolar,,,,,,,\nWind,,,,,,,`)).toMatchObject([{ line: 2 }, { line: 3 }]));

  it('of rejects can be read again, without the reasons', () =>
    expect(read(`line,reasons,${head}\n7,'=wrong,Solar,,,,,,,\n`)).toMatchObject([
      { cells: { organization: 'Solar' } },
    ]));

  it('restores what was escaped as a formula', () =>
    expect(read(`${head}\nSolar,'=One,,,,,,\n`)).toMatchObject([{ cells: { account_name: '=One' } }]));

  it.each([
    ['is empty', '', /its first line has to name the columns/],
    ['has a column that is not known', `${head},color\n`, /There is no column "color"/],
    ['has one that would clear the terminal', `${head},a\u001b[2Jb\n`, /There is no column "a \[2jb"/],
    [
      'lacks a required one',
      'organization,account_name\n',
      /The columns .*customer_name, license, datapoints, sector are missing/,
    ],
    ['lacks only one that is needed', `${head.replace('sector,', '')}\n`, /The column sector is missing/],
    ['has one twice', `${head},comment\n`, /comment appears twice/],
    ['is no CSV', `${head}\n"Solar,`, /The file is not CSV/],
  ])('is refused as a whole when it %s', (_, text, sentence) => {
    expect(() => read(text)).toThrow(Stop);
    expect(() => read(text)).toThrow(sentence);
  });

  it('is refused when it is not UTF-8', () =>
    expect(() => readFile(Buffer.from(`${head}\nM\xe1laga`, 'latin1'))).toThrow(/not UTF-8/));
});
