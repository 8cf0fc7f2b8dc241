// One line of a page: a label and what the service reported.

/** A text, or a time in milliseconds UTC; `null` where the service reported nothing. */
export type Fact =
  | { readonly label: string; readonly value: string | null; readonly code?: boolean }
  | { readonly label: string; readonly at: number | null };
