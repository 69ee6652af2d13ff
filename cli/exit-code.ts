import type { AppError } from '../core/errors.ts';

/** Process exit codes: what a script may want to tell apart. */
export function exitCode(error: AppError): number {
  const { code } = error;
  if (code === 'cancelled' || code === 'queue-stopped') return 130;
  if (code === 'queue-address' || code === 'queue-plain' || code === 'queue-password-shown') return 2;
  if (code === 'verification-failed') return 4;
  if (code.startsWith('input-') || code === 'sound-missing') return 3;
  if (
    code.startsWith('output-') ||
    code.startsWith('paper-') ||
    code === 'disk-full' ||
    code.startsWith('job-') ||
    code === 'nothing-to-resume'
  )
    return 6;
  if (
    /^(vault|passphrase|person|act|access|dossier|import|value|log|profile|desk|intake|hand-in|review|keep|register|letter|request|incident|showing|rules|course|task|closing|key|daily|schedule|export|delivery|receipt|place|target|credentials|portal|no)-|^worker-retired$/.test(
      code,
    )
  )
    return 8;
  if (
    code.startsWith('decisions-') ||
    code === 'plan-cuts-everything' ||
    code === 'fit-too-small' ||
    code === 'sound-nothing-kept' ||
    code.startsWith('subtitles-')
  )
    return 7;
  if (code === 'sound-not-allowed') return 8;
  return 5;
}
