import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fail } from '../../core/errors.ts';
import type { ClassRegister } from '../../core/register/class-register.ts';
import { registerSeq, Sheets, sheetsOf } from '../../core/register/sheet.ts';
import { Base64 } from '../../core/vault/base64.ts';
import { may } from '../../core/vault/person.ts';
import { writeWhole } from '../store/atomic.ts';
import { unwrapWith, wrapFor } from '../vault/recipients.ts';
import { canonical, signText, verifyText } from '../vault/signing.ts';
import type { Session } from '../vault/vault.ts';

const Signed = z.strictObject({ sheets: Sheets, signature: Base64 });

const signedText = (sheets: Sheets) => `onherkenbaar sheets v1\n${canonical(sheets)}`;

function fileOf(session: Session): string {
  return join(session.vault.root, 'registers', 'sheets.age');
}

/**
 * Writes down, for everyone who films, who of each class must not be in view: pseudonym and seat alone, as those who
 * film can't open the register (S10). Under the vault's lease, after whatever was changed.
 */
export async function publishSheets(session: Session, registers: readonly ClassRegister[], today: string) {
  const seq = registerSeq(session.entries());
  const file = fileOf(session);
  if (registers.length === 0) {
    rmSync(file, { force: true });
    if (seq === 0) return;
  }
  const { person, signingKey } = session.keys;
  const sheets: Sheets = { version: 1, seq, by: person.id, classes: sheetsOf(registers, today) };
  const signed = { sheets, signature: signText(signingKey, signedText(sheets)) };
  const readers = [...session.vault.people().values()].filter(
    (each) => may(each.person.role, 'import') || may(each.person.role, 'register'),
  );
  const recipients = readers.map((each) => each.person.recipient);
  session.requireLease();
  writeWhole(file, await wrapFor(recipients, Buffer.from(canonical(signed))));
}

/**
 * The sheets of all classes; undefined while no register is kept here.
 * @throws AppFailure `register-sheet-old` when the log knows of a later change, or they were made before this person came
 */
export async function readSheets(session: Session): Promise<Sheets | undefined> {
  const seq = registerSeq(session.entries());
  if (seq === 0) return undefined;
  const file = fileOf(session);
  const plain = existsSync(file) ? await unwrapWith(session.keys.identity, readFileSync(file)) : undefined;
  const read = plain && parsed(plain);
  if (!read) return fail({ code: 'register-sheet-old' });
  const { sheets, signature } = read;
  const maker = session.vault.people().get(sheets.by)?.person;
  const real = maker && may(maker.role, 'register') && verifyText(maker.verifyKey, signedText(sheets), signature);
  return real && sheets.seq >= seq ? sheets : fail({ code: 'register-sheet-old' });
}

function parsed(plain: Uint8Array): z.infer<typeof Signed> | undefined {
  try {
    return Signed.safeParse(JSON.parse(Buffer.from(plain).toString('utf8'))).data;
  } catch {
    // Anybody can seal anything for the staff; what is no JSON is no sheet.
    return undefined;
  }
}
