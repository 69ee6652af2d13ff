import { createWriteStream, rmSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { commitFile } from '../store/files.ts';

/**
 * Writes a PDF whole or not at all, for its owner's eyes; what stands there is replaced.
 * @param draw ends the document that it pipes into what it is given
 */
export async function writePdf(file: string, draw: (target: NodeJS.WritableStream) => void): Promise<void> {
  const part = `${file}.part`;
  const target = createWriteStream(part, { mode: 0o600 });
  try {
    // Before anything is drawn: a folder that can't be written to is told of here.
    const written = finished(target);
    draw(target);
    await written;
    commitFile(part, file);
  } catch (error) {
    target.destroy();
    rmSync(part, { force: true });
    throw error;
  }
}
