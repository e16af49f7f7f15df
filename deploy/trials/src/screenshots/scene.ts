import type { Page } from 'playwright-core';
import type { Person } from '@tenure/local/api/person';

/** What a picture is of: who looks at which page, in which state, on which screen. */
export interface Scene {
  /** Also its file's name. */
  name: string;
  /** The sign-in of a sample person. */
  as: string;
  path: string | ((person: Person) => Promise<string>);
  /** In CSS pixels; 1280 unless it says otherwise. */
  width?: number;
  scheme?: 'light' | 'dark';
  /** Before the page is opened: what the API is to answer in this state. */
  given?: (page: Page) => Promise<void>;
  /** Once it is there: what one does. */
  once?: (page: Page) => Promise<void>;
  /** It is still waiting when it is pictured. */
  loading?: boolean;
  /** What the browser may complain of, because the scene is about that. */
  complains?: RegExp;
}
