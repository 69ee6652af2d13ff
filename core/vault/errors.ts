import type { AuditEvent } from '../audit/entry.ts';
import type { CourseRule } from '../dossier/course.ts';
import type { ProfileFlaw } from '../profile/state.ts';
import type { Act, Role } from './person.ts';
import type { ShowingRefusal } from './showing.ts';

/** Why a folder may not hold a vault (S1). `cloud-other`: a sync service of which only the name is not known. */
export type RootRefusal =
  | 'desktop'
  | 'downloads'
  | 'documents'
  | 'removable'
  | 'cloud-onedrive'
  | 'cloud-dropbox'
  | 'cloud-google-drive'
  | 'cloud-icloud'
  | 'cloud-other'
  | 'local'
  | 'temporary';

/** Expected failures of vault, log and wipe. */
export type VaultError =
  | { code: 'vault-missing' }
  | { code: 'vault-exists' }
  | { code: 'vault-root-refused'; reason: RootRefusal }
  | { code: 'vault-damaged'; item: string }
  | { code: 'vault-item-missing'; item: string }
  | { code: 'vault-item-damaged'; item: string; block: number }
  | { code: 'vault-busy' }
  | { code: 'vault-read-only' }
  | { code: 'passphrase-missing' }
  | { code: 'passphrase-wrong' }
  | { code: 'passphrase-differs' }
  | { code: 'passphrase-weak'; least: number }
  | { code: 'person-unknown'; person: string }
  | { code: 'act-not-allowed'; act: Act; role: Role }
  | { code: 'access-denied' }
  | { code: 'access-last' }
  | { code: 'dossier-unknown'; dossier: string }
  | { code: 'dossier-busy' }
  | { code: 'dossier-wiped' }
  | { code: 'dossier-on-hold' }
  /** Days as `YYYY-MM-DD`, both of them included. */
  | { code: 'assessed-day'; from: string; to: string }
  | { code: 'showing-refused'; rules: readonly ShowingRefusal[] }
  | { code: 'import-differs' }
  | { code: 'value-invalid'; field: string }
  | { code: 'log-damaged'; line: number }
  | { code: 'profile-unsigned'; reason: ProfileFlaw }
  | { code: 'profile-expired'; revisionOn: string | undefined }
  | { code: 'profile-invalid'; field: string }
  | { code: 'profile-forged' }
  | { code: 'profile-signer-unknown'; fingerprint: string }
  | { code: 'profile-loosened'; field: string }
  | { code: 'profile-vault-local' }
  | { code: 'profile-not-due' }
  | { code: 'rules-unsigned' }
  | { code: 'course-refused'; event: AuditEvent['event']; rule: CourseRule };
