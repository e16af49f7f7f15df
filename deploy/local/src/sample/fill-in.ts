import type { Stack } from '../supervisor/stack.js';

/** Fills in the sample data the first time. */
export async function fillInSampleData(_stack: Stack, _say: (sentence: string) => void): Promise<void> {}
