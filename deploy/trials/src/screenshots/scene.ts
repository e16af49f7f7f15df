import type { Page } from 'playwright-core';
import type { Person } from '@tenure/local/api/person';

/** The subject of a screenshot: a person, a page, its state and the screen. */
export interface Scene {
  /** Also the file name. */
  name: string;
  /** The sign-in of a sample person. */
  as: string;
  path: string | ((person: Person) => Promise<string>);
  /** In CSS pixels; 1280 by default. */
  width?: number;
  scheme?: 'light' | 'dark';
  /** Runs before the page opens: sets the API's answers for this state. */
  given?: (page: Page) => Promise<void>;
  /** Runs once the page is there: what the person does. */
  once?: (page: Page) => Promise<void>;
  /** The screenshot is taken while the page is loading. */
  loading?: boolean;
  /** Errors of the browser that belong to the scene. */
  complains?: RegExp;
}
