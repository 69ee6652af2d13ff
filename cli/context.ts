import { chooseLanguage, textsOf, type Texts } from './words/texts.ts';
import type { Language } from '../words/errors.ts';

export interface Output {
  /** For people: stderr stays free for machines when `--json` is given. */
  say(text: string): void;
  json(value: unknown): void;
}

export interface Context {
  readonly language: Language;
  readonly texts: Texts;
  readonly output: Output;
  readonly asJson: boolean;
  readonly signal: AbortSignal;
}

export function createContext(options: { lang?: string; json?: boolean }, signal: AbortSignal): Context {
  const language = chooseLanguage(options.lang);
  const asJson = options.json === true;
  return {
    language,
    texts: textsOf(language),
    asJson,
    signal,
    output: {
      say: (text) => void (asJson ? process.stderr : process.stdout).write(`${text}\n`),
      json: (value) => void process.stdout.write(`${JSON.stringify(value)}\n`),
    },
  };
}
