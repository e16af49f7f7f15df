import type { Language } from '@tenure/contracts';
import { english } from './english.js';
import type { Texts } from './letter.js';
import { spanish } from './spanish.js';

export const texts: Record<Language, Texts> = { en: english, es: spanish };
