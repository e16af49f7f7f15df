/** As many seconds as clocks may differ (docs/operations/clocks-differ.md). */
export const toleratedSeconds = 60;

/** What operators should know of the database's clock, which decides what is due and until when accounts work. */
export function noteOfClock(database: Date, own: Date): string | undefined {
  const ahead = database.getTime() - own.getTime();
  if (Math.abs(ahead) <= toleratedSeconds * 1_000) return undefined;
  return `its clock is ${Math.round(Math.abs(ahead) / 1_000)} seconds ${ahead > 0 ? 'ahead of' : 'behind'} this process's`;
}
