import { readFile } from './read-file.js';
import { rejectFile } from './rejects.js';

const bytes = (text: string) => Buffer.from(text);

it('rejected lines can be imported once corrected: required columns are there even if empty in all', () => {
  const lines = readFile(
    bytes('organization,account_name,customer_name,license,datapoints,sector,comment\nSolar,One,Sol,plus,20,,\n'),
  );
  const written = rejectFile([{ line: 2, column: 'sector', value: '', reason: 'It is missing.' }], lines);
  expect(written).toBe(
    'line,reasons,organization,account_name,customer_name,license,datapoints,sector\r\n' +
      '2,sector: It is missing.,Solar,One,Sol,plus,20,\r\n',
  );
  expect(readFile(bytes(written))).toMatchObject([{ line: 2, cells: lines[0]!.cells }]);
});
