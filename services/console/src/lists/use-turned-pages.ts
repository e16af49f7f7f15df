import { useNavigate, useRouterState } from '@tanstack/react-router';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The cursors of lists that are only part of a page, by list. */
    cursors?: Readonly<Record<string, readonly string[]>>;
  }
}

const first: readonly string[] = [];

interface Turning {
  /** The list is one part of a page: the scroll position stays, and "back" leaves the page. */
  inPlace?: boolean;
}

/**
 * Pagination of a list that is not in the page's URL. The history state keeps the current page for when the user comes
 * back.
 */
export function useTurnedPages(list: string, { inPlace = false }: Turning = {}) {
  const navigate = useNavigate();
  const cursors = useRouterState({ select: ({ location }) => location.state.cursors?.[list] ?? first });
  const turn = (to: readonly string[]) =>
    void navigate({
      to: '.',
      search: true,
      state: (kept) => ({ ...kept, cursors: { ...kept.cursors, [list]: to } }),
      replace: inPlace,
      resetScroll: !inPlace,
    });
  return [cursors, turn] as const;
}
