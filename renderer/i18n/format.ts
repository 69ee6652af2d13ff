import i18n from './i18n.ts';

const locale = () => (i18n.language === 'en' ? 'en-GB' : 'nl-NL');

/** "5 november 2026" */
export function day(iso: string): string {
  return new Date(`${iso}T12:00:00Z`).toLocaleDateString(locale(), { day: 'numeric', month: 'long', year: 'numeric' });
}

/** "28-11-2026" or "28/11/2026", where the reader is. */
export function dayInDigits(at: Date): string {
  return at.toLocaleDateString(locale(), { day: '2-digit', month: '2-digit', year: 'numeric' });
}

/** "25 november 2026 om 10:05", where the reader is. @param at ISO 8601 */
export function dayAndHour(at: string): string {
  return new Date(at).toLocaleString(locale(), { dateStyle: 'long', timeStyle: 'short' });
}

export function number(value: number, digits = 0): string {
  return value.toLocaleString(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** "12:05" or "1:02:05" */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const pad = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const rest = `${hours > 0 ? pad(Math.floor(whole / 60) % 60) : Math.floor(whole / 60)}:${pad(whole % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** "12:05,4": to the tenth, for moments in a video. */
export function moment(seconds: number): string {
  const tenths = Math.floor(seconds * 10 + 1e-6);
  return `${clock(tenths / 10)}${i18n.language === 'en' ? '.' : ','}${tenths % 10}`;
}

export function bytes(count: number): string {
  if (count < 1e6) return `${number(count / 1e3)} kB`;
  return count < 1e9 ? `${number(count / 1e6, 1)} MB` : `${number(count / 1e9, 2)} GB`;
}

/** Whole days from today; negative for the past. */
export function daysUntil(iso: string): number {
  const today = new Date();
  const start = Date.UTC(today.getFullYear(), today.getMonth(), today.getDate());
  return Math.round((Date.parse(`${iso}T00:00:00Z`) - start) / 86_400_000);
}
