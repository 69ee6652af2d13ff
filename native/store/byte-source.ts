/** Bytes that can be read at any place: a file, or what a sealed file holds. */
export interface ByteSource {
  /** In bytes. */
  readonly size: number;
  /** Exactly `length` bytes from `position` on. @throws when they do not lie within the source */
  read(position: number, length: number): Promise<Uint8Array>;
}
