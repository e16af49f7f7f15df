/** Limits readiness checks and metrics to two seconds: returns the answer or throws. */
export async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer within 2 seconds')), 2_000);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
