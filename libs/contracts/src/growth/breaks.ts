import { narrower, type JsonSchema } from './narrower.js';

/** What services may ask and hear, as it was released or as it is: by name. */
export interface Contract {
  version: string;
  requests: Record<string, { callers: readonly string[]; request: JsonSchema; answer: JsonSchema }>;
  events: Record<string, JsonSchema>;
}

/**
 * What in `current` would break who was written for `released`, in sentences; empty when it has only grown. A caller may
 * go on asking what it asked, finds in each answer and event what it read, with values that it knows, and whatever
 * else may be new.
 */
export function breaks(released: Contract, current: Contract): string[] {
  return [
    ...Object.entries(released.requests).flatMap(([name, before]) => {
      const now = current.requests[name];
      if (now === undefined) return [`${name} is gone`];
      return [
        ...before.callers
          .filter((caller) => !now.callers.includes(caller))
          .map((caller) => `${name} may no longer be asked by ${caller}`),
        ...narrower(before.request, now.request, { ignoreUnknownFields: false }).map(
          (difference) => `${name}, asked as before: ${difference}`,
        ),
        ...otherDefaults(before.request, now.request).map((field) => `${name}, asked without ${field}: means another`),
        ...narrower(now.answer, before.answer, { ignoreUnknownFields: true }).map(
          (difference) => `${name}, answered: ${difference}`,
        ),
      ];
    }),
    ...Object.entries(released.events).flatMap(([name, before]) => {
      const now = current.events[name];
      if (now === undefined) return [`the event ${name} is gone`];
      return narrower(now, before, { ignoreUnknownFields: true }).map(
        (difference) => `the event ${name}: ${difference}`,
      );
    }),
  ];
}

/** Whether semantic versioning lets `to` break what holds for `from`: another first number, or, before 1.0, another second. */
export function mayBreak(from: string, to: string): boolean {
  const [[major = 0, minor = 0], [newMajor = 0, newMinor = 0]] = [numbers(from), numbers(to)];
  return newMajor > major || (major === 0 && newMinor > minor);
}

export function isNewer(from: string, to: string): boolean {
  const [before, now] = [numbers(from), numbers(to)];
  const at = now.findIndex((number, index) => number !== before[index]);
  return at >= 0 && now[at]! > before[at]!;
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
