import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { MediaAddress } from '../ffmpeg/address.ts';
import type { Shelf, ShelfFile, ShelfWriter } from '../store/shelf.ts';
import type { Loopback } from './loopback.ts';
import { SealedFile, SealedWriter } from './sealed-file.ts';
import { SealedLines } from './sealed-lines.ts';

/** A folder of which everything is sealed with one recording's key; each name has a key of its own. */
export class SealedShelf implements Shelf {
  private readonly addresses = new Map<string, MediaAddress>();

  constructor(
    readonly path: string,
    private readonly secret: Uint8Array,
    private readonly loopback: Loopback,
  ) {}

  private at(name: string): string {
    return join(this.path, name);
  }

  create(name: string): Promise<ShelfWriter> {
    return SealedWriter.create(this.at(name), this.secret, name);
  }

  /** Under a name for the time being; it opens only once it has the name that it is sealed as. */
  createAs(name: string, sealedAs: string): Promise<ShelfWriter> {
    return SealedWriter.create(this.at(name), this.secret, sealedAs);
  }

  open(name: string): Promise<ShelfFile> {
    return SealedFile.open(this.at(name), this.secret, name);
  }

  lines(name: string) {
    return SealedLines.open(this.at(name), this.secret, name);
  }

  has(name: string): boolean {
    return existsSync(this.at(name));
  }

  remove(name: string): void {
    rmSync(this.at(name), { force: true });
  }

  address(name: string): MediaAddress {
    const known = this.addresses.get(name) ?? this.loopback.offer(() => this.open(name));
    this.addresses.set(name, known);
    return known;
  }
}
