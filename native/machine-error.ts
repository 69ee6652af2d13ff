import type { AppError } from '../core/errors.ts';
import { VerificationFailed } from './job.ts';

/** What the machine refused, wherever it was met; undefined for a mistake of ours. */
export function machineError(error: unknown): AppError | undefined {
  if (error instanceof VerificationFailed) {
    const findings = error.report.checks.filter((check) => !check.passed).length;
    return { code: 'verification-failed', findings };
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') return { code: 'disk-full' };
  return code === 'EROFS' || code === 'EACCES' || code === 'EPERM' ? { code: 'vault-read-only' } : undefined;
}
