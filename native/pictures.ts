import type { MediaAddress } from './ffmpeg/address.ts';
import type { Ffmpeg } from './ffmpeg/locate.ts';
import { still } from './ffmpeg/one-shot.ts';

const TILE_WIDTH = 480;
const COLUMNS = 4;

/** A grid of moments of a finished clip, as JPEG; only ever of masked pictures. */
export async function writeContactSheet(
  tools: Ffmpeg,
  clip: MediaAddress,
  moments: readonly number[],
  file: string,
): Promise<void> {
  const { default: sharp } = await import('sharp');
  const tiles: Buffer[] = [];
  for (const seconds of moments) tiles.push(await still(tools, clip, seconds, TILE_WIDTH));
  const { height = 270 } = await sharp(tiles[0]).metadata();
  const rows = Math.ceil(tiles.length / COLUMNS);
  await sharp({ create: { width: TILE_WIDTH * COLUMNS, height: height * rows, channels: 3, background: '#202020' } })
    .composite(
      tiles.map((input, index) => ({
        input,
        left: (index % COLUMNS) * TILE_WIDTH,
        top: Math.floor(index / COLUMNS) * height,
      })),
    )
    .jpeg({ quality: 85 })
    .toFile(file);
}

/** Original above, result below, at the same moments; for the demonstration only. */
export async function writeBeforeAfter(
  tools: Ffmpeg,
  before: MediaAddress,
  after: MediaAddress,
  moments: readonly number[],
  file: string,
): Promise<void> {
  const { default: sharp } = await import('sharp');
  const width = 720;
  const tiles: Buffer[] = [];
  for (const clip of [before, after])
    for (const seconds of moments) tiles.push(await still(tools, clip, seconds, width));
  const { height = 405 } = await sharp(tiles[0]).metadata();
  await sharp({ create: { width: width * moments.length, height: height * 2 + 8, channels: 3, background: '#ffffff' } })
    .composite(
      tiles.map((input, index) => ({
        input,
        left: (index % moments.length) * width,
        top: Math.floor(index / moments.length) * (height + 8),
      })),
    )
    .png()
    .toFile(file);
}
