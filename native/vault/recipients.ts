import { Decrypter, Encrypter } from 'age-encryption';

/** Wraps a key for people by their public keys alone: an age file, so that any age tool can check it. */
export async function wrapFor(recipients: readonly string[], key: Uint8Array): Promise<Buffer> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return Buffer.from(await encrypter.encrypt(key));
}

/** @returns undefined when it was not wrapped for this identity, or is damaged */
export async function unwrapWith(identity: string, wrapped: Uint8Array): Promise<Uint8Array | undefined> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  try {
    return await decrypter.decrypt(wrapped);
  } catch {
    return undefined;
  }
}
