import type { FieldError } from '@tenure/contracts';
import { saidByNoField } from './said-by-no-field.js';

const refusal = (path: string, code: string): FieldError => ({ path, code, message: code });
const tooMany = refusal('', 'too_many_pending');
const taken = refusal('accountName', 'name_taken');

describe('what is said beside a form of why it would not be accepted', () => {
  it('is what is about none of its fields', () =>
    expect(saidByNoField([tooMany, taken], (field) => field === 'accountName')).toEqual([tooMany]));
  it('is what a field that nobody has touched does not say', () =>
    expect(saidByNoField([tooMany, taken], () => false)).toEqual([tooMany, taken]));
  it('is not that nothing would change', () =>
    expect(saidByNoField([refusal('datapoints', 'no_change')], () => false)).toEqual([]));
});
