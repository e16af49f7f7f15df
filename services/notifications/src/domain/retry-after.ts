/** Of an answer's headers, those that say for how long to leave the provider alone. */
type Headers = Readonly<Record<string, string>>;

/** Nothing at all is sent meanwhile. Whoever asks for more is asked once an hour: it may be a slip, or be over by then. */
const LONGEST_SECONDS = 60 * 60;

/** For how long the provider asks to be left alone, in seconds, up to an hour; null where it does not. */
export function retryAfterSeconds(headers: Headers): number | null {
  const seconds = figure(headers['retry-after']) ?? untilDate(headers);
  return seconds === null ? null : Math.min(seconds, LONGEST_SECONDS);
}

/** What stands in front of it may say until when (RFC 9110): by its own clock, which may differ from ours. */
function untilDate(headers: Headers): number | null {
  const [until, sent] = [headers['retry-after'], headers['date']].map((date) => Date.parse(date ?? ''));
  const seconds = (until! - sent!) / 1_000;
  return Number.isNaN(seconds) ? null : Math.max(0, seconds);
}

/** A figure that is none is not said. */
export function figure(header: string | undefined): number | null {
  const number = Number.parseFloat(header ?? '');
  return Number.isFinite(number) && number >= 0 ? number : null;
}
