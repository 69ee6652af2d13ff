import { extname } from 'node:path';
import { csvOf } from '../../core/papers/csv-out.ts';
import { dpiaOf } from '../../core/papers/dpia.ts';
import { processingOf, processingRows, type KnownProfile } from '../../core/papers/processing.ts';
import { processingWords } from '../../core/papers/processing-words.ts';
import { gapsOf } from '../../core/profile/profile.ts';
import { fail } from '../../core/errors.ts';
import { writeWhole } from '../store/atomic.ts';
import type { Vault } from '../vault/vault.ts';
import { writePaperPdf } from './paper-pdf.ts';
import { dayNow } from '../day.ts';
import { requireTarget, type PaperWish } from './target.ts';

export interface WrittenProfilePaper {
  /** Of the profile that it was made from. */
  readonly profile: string;
  readonly gaps: ReturnType<typeof gapsOf>;
}

/** Also past its revision date, which the paper then says. @throws AppFailure `profile-unsigned` */
function knownOf(vault: Vault): KnownProfile {
  const known = vault.profile(dayNow());
  return known.state === 'unsigned' ? fail({ code: 'profile-unsigned', reason: known.reason }) : known;
}

function result({ signed }: KnownProfile): WrittenProfilePaper {
  return { profile: signed.hash, gaps: gapsOf(signed.profile) };
}

/**
 * The register entry of art. 30, as PDF or CSV by the name's ending; anyone who sees the vault may have it.
 * @throws AppFailure `profile-unsigned`, and what {@link requireTarget} throws
 */
export async function writeProcessing(vault: Vault, wish: PaperWish): Promise<WrittenProfilePaper> {
  requireTarget(vault.root, wish, ['.pdf', '.csv']);
  const known = knownOf(vault);
  const { file, language } = wish;
  if (extname(file).toLowerCase() === '.csv') {
    const rows = processingRows(known, language).map(({ name, value }) => [name, value]);
    writeWhole(file, csvOf([processingWords(language).head, ...rows]));
  } else await writePaperPdf(processingOf(known, new Date().toISOString(), language), file);
  return result(known);
}

/** The building block for a DPIA. @throws AppFailure `profile-unsigned`, and what {@link requireTarget} throws */
export async function writeDpia(vault: Vault, wish: PaperWish): Promise<WrittenProfilePaper> {
  requireTarget(vault.root, wish, ['.pdf']);
  const known = knownOf(vault);
  await writePaperPdf(dpiaOf(known, new Date().toISOString(), wish.language), wish.file);
  return result(known);
}
