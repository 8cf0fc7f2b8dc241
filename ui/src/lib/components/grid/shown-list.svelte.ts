// The list on show that can be exported: the key of the window and the palette act on it.

interface Exportable {
  /** Opens the choice of formats. */
  readonly open: () => void;
  /** Exports all of it. */
  readonly choose: (format: 'csv' | 'xlsx' | 'json') => void;
}

class ShownList {
  current = $state.raw<Exportable | null>(null);

  /** Offers a list; the returned function takes it back. */
  offer(list: Exportable): () => void {
    this.current = list;
    return () => {
      if (this.current === list) this.current = null;
    };
  }
}

export const shownList = new ShownList();
