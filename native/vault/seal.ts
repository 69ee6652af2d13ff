import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { KEY_BYTES, TAG_BYTES } from './block-cipher.ts';

const NONCE_BYTES = 12;

export function newKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

export function newId(): string {
  return randomBytes(8).toString('hex');
}

/** AES-256-GCM of something small: nonce, ciphertext, tag. @param context what it belongs to; bound, not stored */
export function seal(key: Uint8Array, plain: Uint8Array, context: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(context, 'utf8'));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** @returns undefined when key, context or a single bit is not what it was */
export function unseal(key: Uint8Array, sealed: Uint8Array, context: string): Buffer | undefined {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const split = sealed.length - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES));
  decipher.setAAD(Buffer.from(context, 'utf8'));
  decipher.setAuthTag(sealed.subarray(split));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, split)), decipher.final()]);
  } catch {
    return undefined;
  }
}
