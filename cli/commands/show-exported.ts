import type { Exported } from '../../native/delivery/export.ts';
import type { Context } from '../context.ts';
import { exportTexts } from '../words/export-texts.ts';

/** Where it lies, and what a person does next. */
export function showExported(dossier: string, done: Exported, context: Context): void {
  const words = exportTexts(context.language);
  const { output, asJson } = context;
  const { delivery, name, sha256, size, target, place } = done;
  const address = `https://${target.host}/`;
  const folder = place.kind === 'folder' ? place.path : undefined;
  if (asJson) {
    const at = { target: target.id, platform: target.platform, address, rulesPage: target.rulesPage };
    output.json({ event: 'exported', dossier, delivery, name, sha256, size, folder, ...at });
    return;
  }
  if (folder === undefined) {
    output.say(words.arrived(dossier, target.name, delivery));
    if (place.kind === 'filesender') output.say(words.thenPassword(delivery));
    return;
  }
  output.say(words.exported(dossier, delivery, folder, name));
  output.say(words.byHand(target.name, address));
  output.say(target.rulesPage === '' ? words.noPage : words.page(target.rulesPage));
  output.say(words.thenReceipt(delivery));
}
