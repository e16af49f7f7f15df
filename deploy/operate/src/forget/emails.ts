import { asHtml, everyText, type Replacement } from './replace.js';

/**
 * A stored e-mail: whether it is to the person, whether it is about what they did, and which names in it stay, because
 * they are those of organizations, accounts and customers.
 */
export interface WhoseEmail {
  position: number;
  isTheirs: boolean;
  isAboutThem: boolean;
  kept: readonly (string | null)[];
}

/** Removes a person from the data of a dispatch, which is one JSON line per e-mail. */
export function dispatchWithout(filled: string, emails: readonly WhoseEmail[], replacement: Replacement): string {
  return filled
    .split('\n')
    .map((line, position) =>
      lineWithout(
        line,
        emails.find((email) => email.position === position),
        replacement,
      ),
    )
    .join('\n');
}

export function lineWithout(line: string, whose: WhoseEmail | undefined, replacement: Replacement): string {
  const say = saying(whose, replacement);
  return changedJson(line, { to: say, texts: say });
}

/** The same for an e-mail stored by an earlier version: the whole request to the provider. */
export function requestWithout(request: string, whose: WhoseEmail | undefined, replacement: Replacement): string {
  const say = saying(whose, replacement);
  const html = saying(whose && { ...whose, kept: whose.kept.map((one) => one && asHtml(one)) }, replacement.inHtml());
  return changedJson(request, { to: say, subject: say, text: say, html });
}

type Say = (said: unknown) => unknown;

/**
 * Leaves data that another version stored in another form unchanged, and also the formatting of JSON whose content does
 * not change.
 */
function changedJson(json: string, changes: Readonly<Record<string, Say>>): string {
  let stored: Record<string, unknown>;
  try {
    stored = JSON.parse(json) as Record<string, unknown>;
  } catch {
    return json;
  }
  const changed = Object.fromEntries(Object.entries(stored).map(([key, said]) => [key, (changes[key] ?? same)(said)]));
  return JSON.stringify(changed) === JSON.stringify(stored) ? json : JSON.stringify(changed);
}

const same: Say = (said) => said;

function saying(whose: WhoseEmail | undefined, replacement: Replacement): Say {
  const place = { isTheirs: whose?.isTheirs ?? false };
  const kept = (whose?.kept ?? []).filter((one) => one !== null);
  const isNamed = place.isTheirs || (whose?.isAboutThem ?? false);
  return (said) =>
    everyText(said, (text) =>
      isNamed ? replacement.nameAndAddress(text, place, kept) : replacement.address(text, place),
    );
}
