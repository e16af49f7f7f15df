import { narrower, type JsonSchema } from './narrower.js';

/** The requests and events of a contract by name, as released or as they are now. */
export interface Contract {
  version: string;
  requests: Record<string, { callers: readonly string[]; request: JsonSchema; answer: JsonSchema }>;
  events: Record<string, JsonSchema>;
}

/**
 * What in `current` would break a program written for `released`, one sentence for each difference; empty if the
 * contract has only grown. A program may keep sending what it sent, and finds in each answer and event the fields that
 * it read, with values that it knows, whatever else is new.
 */
export function breaks(released: Contract, current: Contract): string[] {
  return [
    ...Object.entries(released.requests).flatMap(([name, before]) => {
      const now = current.requests[name];
      if (now === undefined) return [`${name} was removed`];
      return [
        ...before.callers
          .filter((caller) => !now.callers.includes(caller))
          .map((caller) => `${name} may no longer be asked by ${caller}`),
        ...narrower(before.request, now.request, { ignoreUnknownFields: false }).map(
          (difference) => `${name}, asked as before: ${difference}`,
        ),
        ...otherDefaults(before.request, now.request).map(
          (field) => `${name}, asked without ${field}: has another default`,
        ),
        ...narrower(now.answer, before.answer, { ignoreUnknownFields: true }).map(
          (difference) => `${name}, answered: ${difference}`,
        ),
      ];
    }),
    ...Object.entries(released.events).flatMap(([name, before]) => {
      const now = current.events[name];
      if (now === undefined) return [`the event ${name} was removed`];
      return narrower(now, before, { ignoreUnknownFields: true }).map(
        (difference) => `the event ${name}: ${difference}`,
      );
    }),
  ];
}

/**
 * Whether semantic versioning lets `to` break `from`: its major version is higher, or, before 1.0, its minor version.
 */
export function mayBreak(from: string, to: string): boolean {
  const [[major = 0, minor = 0], [newMajor = 0, newMinor = 0]] = [numbers(from), numbers(to)];
  return newMajor > major || (major === 0 && newMinor > minor);
}

export function isNewer(from: string, to: string): boolean {
  return to.localeCompare(from, 'en', { numeric: true }) > 0;
}

function numbers(version: string): number[] {
  return version.split('.').map(Number);
}

function otherDefaults(before: JsonSchema, now: JsonSchema, path = ''): string[] {
  const [old, fields] = [before['properties'] ?? {}, now['properties'] ?? {}] as Record<string, JsonSchema>[];
  return Object.entries(old!).flatMap(([field, schema]) => {
    const known = fields![field];
    if (known === undefined) return [];
    const at = path === '' ? field : `${path}.${field}`;
    const changed = JSON.stringify(schema['default']) !== JSON.stringify(known['default']);
    return changed ? [at] : otherDefaults(schema, known, at);
  });
}
