import type { FieldError } from '@tenure/contracts';
import { refusalsWithoutField } from './refusals-without-field.js';

const refusal = (path: string, code: string): FieldError => ({ path, code, message: code });
const tooMany = refusal('', 'too_many_pending');
const taken = refusal('accountName', 'name_taken');

describe('the refusals shown beside a form', () => {
  it('concern none of its fields', () =>
    expect(refusalsWithoutField([tooMany, taken], (field) => field === 'accountName')).toEqual([tooMany]));
  it('concern a field that the user has not touched', () =>
    expect(refusalsWithoutField([tooMany, taken], () => false)).toEqual([tooMany, taken]));
  it('do not include that nothing would change', () =>
    expect(refusalsWithoutField([refusal('datapoints', 'no_change')], () => false)).toEqual([]));
});
