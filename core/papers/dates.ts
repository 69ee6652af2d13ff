import type { PaperLanguage } from './paper.ts';

const MONTHS: Record<PaperLanguage, readonly string[]> = {
  nl: 'januari februari maart april mei juni juli augustus september oktober november december'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
};

/** "5 november 2026". @param day `YYYY-MM-DD`, or a moment that begins with it */
export function dayWords(day: string, language: PaperLanguage): string {
  return `${Number(day.slice(8, 10))} ${MONTHS[language][Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;
}

/** "5 november 2026, 14:03 UTC". @param at ISO 8601 in UTC */
export function momentWords(at: string, language: PaperLanguage): string {
  return `${dayWords(at, language)}, ${at.slice(11, 16)} UTC`;
}

/** "3 min 05 s", "12,5 s" below a minute. */
export function lengthWords(seconds: number, language: PaperLanguage): string {
  const tenths = Math.round(seconds * 10);
  if (tenths < 600) return `${decimal(tenths / 10, language)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** Place in a clip: "3:05". */
export function placeWords(seconds: number): string {
  const whole = Math.floor(seconds + 1e-6);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** One digit behind the comma, none where that is a nought. */
export function decimal(value: number, language: PaperLanguage): string {
  const rounded = String(Math.round(value * 10) / 10);
  return language === 'nl' ? rounded.replace('.', ',') : rounded;
}
