import type { GrantRefusal } from './effects.ts';
import type { LetterGap } from './letters.ts';
import type { RequestRefusal } from './states.ts';

/** Expected failures of the request desk. */
export type RequestError =
  | { code: 'request-not-admitted' }
  | { code: 'request-shortened' }
  | { code: 'request-unknown'; request: string }
  | { code: 'request-refused'; rules: readonly RequestRefusal[] }
  | { code: 'request-not-grantable'; rules: readonly GrantRefusal[] }
  /** A dossier that is not of these days, or gone. */
  | { code: 'request-other-days'; dossier: string }
  | { code: 'request-no-letter' }
  /** Of the school profile: without it the letter would not be complete (B8). */
  | { code: 'request-letter-gap'; field: LetterGap };
