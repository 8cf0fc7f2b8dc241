// Short messages that come and go, and words for those who listen instead of look.

interface Toast {
  id: number;
  text: string;
  tone: 'info' | 'success' | 'danger';
}

const lifetime = 6_000;

class Toasts {
  shown = $state<Toast[]>([]);
  /** Read aloud without being shown. */
  announcement = $state('');
  #next = 1;

  show(text: string, tone: Toast['tone'] = 'info'): void {
    const id = this.#next++;
    this.shown.push({ id, text, tone });
    setTimeout(() => this.dismiss(id), lifetime);
  }

  dismiss(id: number): void {
    this.shown = this.shown.filter((toast) => toast.id !== id);
  }

  announce(text: string): void {
    this.announcement = text;
  }
}

export const toasts = new Toasts();
