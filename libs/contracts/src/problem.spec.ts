import { DomainError, errorStatus, problem, problemSchema, refuse } from './problem.js';

it('a problem has the status of its code', () =>
  expect(problem('name_taken', 'This name is taken')).toEqual({
    type: 'urn:tenure:problem:name_taken',
    title: 'This name is taken',
    status: 409,
    code: 'name_taken',
  }));
it('every code is a refusal or a failure, never a success', () =>
  expect(Object.values(errorStatus).filter((status) => status < 400 || status > 599)).toEqual([]));
it('a refusal carries its problem, and says the detail where there is one', () => {
  const error = refuse('datapoints_exceeded', 'Too many', { detail: '41 more do not fit.', figures: { left: 40 } });
  expect(error).toBeInstanceOf(DomainError);
  expect([error.code, error.message, error.problem.figures]).toEqual([
    'datapoints_exceeded',
    '41 more do not fit.',
    { left: 40 },
  ]);
});
it('what a newer service says of a problem besides is left out', () =>
  expect(problemSchema.parse({ ...problem('busy', 'Busy'), newer: 1 })).not.toHaveProperty('newer'));
