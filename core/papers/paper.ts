export type PaperLanguage = 'nl' | 'en';

/**
 * What became of a demand. `shown`: there is evidence. `open`: there is none, or not yet. `against`: what is
 * there says otherwise. `none`: it asks nothing of this dossier, as far as the log goes.
 */
export type Mark = 'shown' | 'open' | 'against' | 'none';

export interface MarkedLine {
  readonly mark: Mark;
  readonly text: string;
  /** Who and when, or why there is no tick. */
  readonly evidence: string;
}

/** A part of a paper, without any word on how it looks. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  /** Must not be overlooked. */
  | { readonly kind: 'warning'; readonly text: string }
  | { readonly kind: 'points'; readonly points: readonly string[] }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [name: string, value: string])[] }
  /** `widths`: shares of the line, one a column. */
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly widths: readonly number[];
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: 'marks'; readonly lines: readonly MarkedLine[] };

/** A paper for people: the same input gives the same words. */
export interface Paper {
  readonly language: PaperLanguage;
  readonly title: string;
  /** What it is of and when it was made, below the title. */
  readonly about: string;
  readonly blocks: readonly Block[];
}

export const heading = (text: string): Block => ({ kind: 'heading', text });
export const text = (words: string): Block => ({ kind: 'text', text: words });
export const warning = (words: string): Block => ({ kind: 'warning', text: words });
export const points = (all: readonly string[]): Block => ({ kind: 'points', points: all });
export const facts = (...rows: (readonly [string, string])[]): Block => ({ kind: 'facts', rows });
