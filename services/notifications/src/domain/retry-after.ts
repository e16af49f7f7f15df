/** The headers of an answer. */
type Headers = Readonly<Record<string, string>>;

/**
 * Nothing at all is sent during the pause. If the provider asks for more than an hour, it is asked again every hour:
 * the value may be a mistake, or the reason may be gone by then.
 */
const LONGEST_SECONDS = 60 * 60;

/** The pause that the provider asks for, in seconds, up to an hour; null without one. */
export function retryAfterSeconds(headers: Headers): number | null {
  const seconds = figure(headers['retry-after']) ?? untilDate(headers);
  return seconds === null ? null : Math.min(seconds, LONGEST_SECONDS);
}

/** A proxy in front of the provider may give a date (RFC 9110): by its own clock, which may differ from ours. */
function untilDate(headers: Headers): number | null {
  const [until, sent] = [headers['retry-after'], headers['date']].map((date) => Date.parse(date ?? ''));
  const seconds = (until! - sent!) / 1_000;
  return Number.isNaN(seconds) ? null : Math.max(0, seconds);
}

/** A header's number; null when it is missing or not a usable number. */
export function figure(header: string | undefined): number | null {
  const number = Number.parseFloat(header ?? '');
  return Number.isFinite(number) && number >= 0 ? number : null;
}
