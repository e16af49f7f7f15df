import { isKeptFromOrganizations, noticeKinds, noticeKindsForReviewers } from './notice.js';

describe('an organization is kept from', () => {
  it("what the operator's own people alone are told, and nothing else that is known", () =>
    expect(noticeKinds.filter(isKeptFromOrganizations)).toEqual(noticeKindsForReviewers));
  it.each(['a_kind_of_a_later_version', ''])('what may be for those as well: "%s"', (kind) =>
    expect(isKeptFromOrganizations(kind)).toBe(true),
  );
});
