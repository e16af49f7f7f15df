/** Raises the limits that are meant for people, for benches and drills. */
export const noLimits = {
  MAX_PENDING_NEW_ACCOUNTS: '1000000',
  RATE_LIMIT_MEMBER: '1000000',
  RATE_LIMIT_AT_ONCE: '1000000',
  RATE_LIMIT_ADDRESS: '1000000',
};
