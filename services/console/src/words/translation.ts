import type { en } from './en.js';
import type { en as settings } from './settings/en.js';

/**
 * The same keys as in English. Where English has `…_one`, a language may need more plural forms: Spanish also has
 * `…_many` ("1.000.000 de datapoints").
 */
export type Translation<T = typeof en> = {
  [K in keyof T as K extends `${infer Base}_one` ? K | `${Base}_many` : K]: T[K] extends string
    ? string
    : Translation<T[K]>;
};

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en & typeof settings };
  }
}
