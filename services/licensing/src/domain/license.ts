/** A product in the catalog. The only minimum is the same for all of them. */
export interface License {
  code: string;
  /** By language; English is always there. */
  names: { en: string; es: string };
  /** Higher is more. */
  rank: number;
  features: string[];
  maxDatapoints: number;
  maxRtcLines: number;
}
