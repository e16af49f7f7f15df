import { isKeptFromOrganizations, noticeKinds, noticeKindsForReviewers } from './notice.js';

describe('hidden from an organization are', () => {
  it("the notices to the operator's own people, and no other known kind", () =>
    expect(noticeKinds.filter(isKeptFromOrganizations)).toEqual(noticeKindsForReviewers));
  it.each(['a_kind_of_a_later_version', ''])('unknown kinds, which may be for those people as well: "%s"', (kind) =>
    expect(isKeptFromOrganizations(kind)).toBe(true),
  );
});
