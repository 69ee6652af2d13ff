import type { Language } from './errors.ts';

/** What the system shows when long work ended while the window was not looked at. */
export const NOTICES: Record<Language, { readonly done: string; readonly stopped: string }> = {
  nl: { done: 'Het werk aan je opname is klaar.', stopped: 'Het werk aan je opname is gestopt.' },
  en: { done: 'The work on your recording is done.', stopped: 'The work on your recording stopped.' },
};
