import { useNavigate, useRouterState } from '@tanstack/react-router';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Of the pages that were turned to in lists that are only part of a page, by the list. */
    cursors?: Readonly<Record<string, readonly string[]>>;
  }
}

const first: readonly string[] = [];

interface Turning {
  /** It stands among other things: one stays where one is, and "back" leads away from the page. */
  inPlace?: boolean;
}

/** The pages of a list that its page's address does not name: the way back leads to the one that was shown. */
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
