import type { FieldError } from '@tenure/contracts';
import { saidByNoField } from './said-by-no-field.js';

const refusal = (path: string, code: string): FieldError => ({ path, code, message: code });
const tooMany = refusal('', 'too_many_pending');
const taken = refusal('accountName', 'name_taken');

describe('the refusals shown beside a form', () => {
  it('concern none of its fields', () =>
    expect(saidByNoField([tooMany, taken], (field) => field === 'accountName')).toEqual([tooMany]));
  it('concern a field that the user has not touched', () =>
    expect(saidByNoField([tooMany, taken], () => false)).toEqual([tooMany, taken]));
  it('do not include that nothing would change', () =>
    expect(saidByNoField([refusal('datapoints', 'no_change')], () => false)).toEqual([]));
});
