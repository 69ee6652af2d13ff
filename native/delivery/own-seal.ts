import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { valid } from '../../core/valid.ts';
import { Base64 } from '../../core/vault/base64.ts';
import { writeWhole } from '../store/atomic.ts';
import { unwrapWith, wrapFor } from '../vault/recipients.ts';
import { signText, verifyText } from '../vault/signing.ts';
import type { Session } from '../vault/vault.ts';

const Sealed = z.strictObject({ about: z.string(), text: z.string(), signature: Base64 });

/**
 * A small file that one person writes for themselves: sealed for them alone, and signed, with what it is about. Who
 * can write to the vault's folder knows everybody's public key, and could lay another file in its place.
 * @param about what it belongs to; a file about something else counts as none
 */
export async function writeOwn(session: Session, path: string, about: string, text: string): Promise<void> {
  const { signingKey, person } = session.keys;
  const signature = signText(signingKey, signedText(about, text));
  const plain = Buffer.from(JSON.stringify(valid(Sealed, { about, text, signature })), 'utf8');
  writeWhole(path, await wrapFor([person.recipient], plain));
}

/** @returns undefined when there is none, or it is damaged, about something else or not theirs */
export async function readOwn(session: Session, path: string, about: string): Promise<string | undefined> {
  if (!existsSync(path)) return undefined;
  const { identity, person } = session.keys;
  const plain = await unwrapWith(identity, readFileSync(path));
  const found = plain && Sealed.safeParse(parsed(Buffer.from(plain).toString('utf8'))).data;
  if (!found || found.about !== about) return undefined;
  return verifyText(person.verifyKey, signedText(about, found.text), found.signature) ? found.text : undefined;
}

const signedText = (about: string, text: string) => `onherkenbaar own file v1\n${about}\n${text}`;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
