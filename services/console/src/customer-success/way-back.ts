import { linkOptions } from '@tanstack/react-router';
import { readDecidedSearch, type ReviewSearch } from './decided-search.js';
import { readQueueSearch } from './queue-search.js';

const toQueue = linkOptions({ to: '/customer-success' });
const toDecided = linkOptions({ to: '/customer-success/decided' });

/** The list from which the reader came to an application, with its filters. */
export function wayBack(search: ReviewSearch) {
  return search.which === 'decided'
    ? { ...toDecided, search: readDecidedSearch({ ...search }) }
    : { ...toQueue, search: readQueueSearch({ ...search }) };
}
