import type { DossierDay } from '../../../electron/ipc/officer-views.ts';
import { day } from '../../i18n/format.ts';
import i18n from '../../i18n/i18n.ts';

const CODE = 6;

/** "opname van 20 november 2026 (3F2C1A)": as those know it who may not see into it. */
export function dossierName(dossier: string, days: readonly DossierDay[]): string {
  const on = days.find((each) => each.dossier === dossier)?.recordedOn;
  const code = dossier.slice(0, CODE).toUpperCase();
  return on === undefined ? code : i18n.t('officer.dossier', { on: day(on), code });
}
