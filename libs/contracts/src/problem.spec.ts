import { DomainError, errorCodes, mayPass, problem, problemSchema, refuse, type ErrorCode } from './problem.js';

it('a problem has the status and the title of its code, and says in its detail what happened', () =>
  expect(problem('name_taken', 'North Plant has it.')).toEqual({
    type: 'urn:tenure:problem:name_taken',
    title: 'This name is taken',
    status: 409,
    code: 'name_taken',
    detail: 'North Plant has it.',
  }));
it('a problem may have no detail', () => expect(problem('token_invalid')).not.toHaveProperty('detail'));
it('no two codes have the same title', () => {
  const titles = (Object.keys(errorCodes) as ErrorCode[]).map((code) => problem(code).title);
  expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([]);
});
it('every code is a refusal or a failure, never a success', () =>
  expect(Object.values(errorCodes).filter(([status]) => status < 400 || status > 599)).toEqual([]));
it('a refusal carries its problem, and says the detail', () => {
  const error = refuse('datapoints_exceeded', '41 more do not fit.', { figures: { left: 40 } });
  expect(error).toBeInstanceOf(DomainError);
  expect([error.code, error.message, error.problem.figures]).toEqual([
    'datapoints_exceeded',
    '41 more do not fit.',
    { left: 40 },
  ]);
});
it('additional fields of a newer service are left out', () =>
  expect(problemSchema.parse({ ...problem('busy', 'Busy.'), newer: 1 })).not.toHaveProperty('newer'));

it('only an error in which nobody refused may pass on a retry', () => {
  const codes = Object.keys(errorCodes) as ErrorCode[];
  expect(codes.filter((code) => mayPass(refuse(code)))).toEqual(['internal', 'busy', 'unavailable', 'timeout']);
  expect(mayPass(new Error('unavailable'))).toBe(false);
});
