import type { AppError } from '../../core/errors.ts';
import { sentence } from '../../words/errors.ts';
import i18n from './i18n.ts';

/** Where the command line names a flag, the window has a button. */
const OWN = [
  'disk-full',
  'model-missing',
  'model-changed',
  'ffmpeg-missing',
  'ffmpeg-failed',
  'verification-failed',
  'job-in-use',
  'cancelled',
  'vault-item-damaged',
  'vault-missing',
  'profile-unsigned',
  'profile-expired',
  'rules-unsigned',
  'register-pupil-named',
  'register-not-admitted',
  'delivery-not-reached',
  'delivery-elsewhere',
  'letter-invalid',
  'subtitles-names',
] as const satisfies readonly AppError['code'][];
type Own = Extract<AppError, { code: (typeof OWN)[number] }>;

function isOwn(error: AppError): error is Own {
  return (OWN as readonly string[]).includes(error.code);
}

/** What went wrong and what to do, in the user's language. */
export function say(error: AppError): string {
  if (isOwn(error)) return i18n.t(`errors.${error.code}`, { ...error });
  return sentence(error, i18n.language === 'en' ? 'en' : 'nl');
}
