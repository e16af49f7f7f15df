/** How much of its contract an account uses. */
export interface Use {
  contracted: number;
  /** The sum of its devices' datapoints. */
  used: number;
  /** Grows with each change of `used`. */
  useVersion: number;
}

/** What a device uses. */
export interface Allocation {
  datasource: string;
  datapoints: number;
  /** The caller's own version number for the device; null when the caller has not sent one yet. */
  revision: number | null;
}

/** What a device is to use; 0 releases its datapoints. */
export interface AskedAllocation {
  deviceId: string;
  datasource: string;
  datapoints: number;
  revision?: number | undefined;
}

export interface Granted {
  use: Use;
  /** The devices that change: not those that already use this amount or have a newer revision. */
  changed: (Allocation & { deviceId: string })[];
}

/**
 * The hard quota (docs/rules.md: Datapoints), all or nothing: datapoints that some devices release are available to the
 * others, and no device of an expired account gets an increase. Returns null when refused.
 * @param held what each device uses now; undefined for a device that never used anything
 */
export function grant(
  use: Use & { isExpired: boolean },
  held: (deviceId: string) => Allocation | undefined,
  asked: readonly AskedAllocation[],
): Granted | null {
  const changed = asked.flatMap((ask) => {
    const before = held(ask.deviceId);
    const revision = ask.revision ?? before?.revision ?? null;
    return before !== undefined && (isOlder(ask, before) || isSame({ ...ask, revision }, before))
      ? []
      : [{ ...ask, revision, change: ask.datapoints - (before?.datapoints ?? 0) }];
  });
  const change = changed.reduce((sum, device) => sum + device.change, 0);
  if (change > 0 && use.used + change > use.contracted) return null;
  if (use.isExpired && changed.some((device) => device.change > 0)) return null;
  return {
    use: {
      contracted: use.contracted,
      used: use.used + change,
      useVersion: use.useVersion + (change === 0 ? 0 : 1),
    },
    changed,
  };
}

/** A late retry cannot bring back an old figure. */
function isOlder({ revision }: AskedAllocation, held: Allocation): boolean {
  return revision !== undefined && held.revision !== null && revision < held.revision;
}

function isSame(asked: Allocation, held: Allocation): boolean {
  return (
    asked.datasource === held.datasource && asked.datapoints === held.datapoints && asked.revision === held.revision
  );
}
