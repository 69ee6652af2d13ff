import type { Platform } from '../profile/profile.ts';
import type { RootRefusal } from '../vault/errors.ts';
import type { ExportRefusal } from './gate.ts';
import type { DeliveryReason } from './journal.ts';

/** Expected failures of what leaves the vault, and of what is brought back. */
export type DeliveryError =
  | { code: 'export-refused'; reasons: readonly ExportRefusal[] }
  | { code: 'export-place-refused'; reason: RootRefusal | 'in-vault' }
  | { code: 'export-failed'; reason: DeliveryReason; delivery: string }
  | { code: 'export-list-missing' }
  /** `where`: place in the list, such as `2.target`. */
  | { code: 'export-list-invalid'; where: string }
  | { code: 'export-batch-failed'; failed: number; total: number }
  | { code: 'delivery-exists'; delivery: string }
  | { code: 'delivery-elsewhere'; delivery: string }
  | { code: 'delivery-busy' }
  | { code: 'delivery-unknown'; delivery: string }
  | { code: 'delivery-not-done'; delivery: string }
  | { code: 'delivery-taken-back'; delivery: string }
  | { code: 'delivery-not-reached'; delivery: string }
  | { code: 'receipt-invalid' }
  | { code: 'place-invalid'; platform: Platform }
  | { code: 'target-unknown'; target: string }
  | { code: 'credentials-invalid' }
  | { code: 'credentials-missing' }
  | { code: 'portal-refused'; reason: DeliveryReason }
  | { code: 'no-password'; delivery: string };
