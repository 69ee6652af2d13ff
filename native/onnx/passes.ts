import { suppress, type Detection } from '../../core/geometry/detection.ts';
import type { Family } from '../../models/families.ts';
import type { YuvFrame } from '../ffmpeg/frame-reader.ts';
import { blankPlanes, cropPlanes, drawTile, type Planes, type Tile } from '../pixels/planes.ts';
import { DECODERS } from './heads.ts';
import type { Network } from './session.ts';

/** A piece of work for one thread: a part of the frame as it is, or a mosaic of magnified squares. */
export type Pass =
  | {
      readonly kind: 'part';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      /** Side of what the network sees, as a factor of the frame's. */
      readonly scale: number;
    }
  | { readonly kind: 'tiles'; readonly tiles: readonly Tile[]; readonly size: number };

const NMS_IOU = 0.4;
/** Largest area given to the network at once, in pixels: half a full-HD picture is one part. Bounds memory. */
const MAX_AREA = 0.55e6;
/** Faces up to this side (network pixels) are seen whole by at least one of two neighbouring parts. */
const PART_OVERLAP = 160;

interface Span {
  readonly from: number;
  readonly size: number;
}

/** Splits `length` into `parts` even-positioned spans that overlap by `overlap`. */
function spans(length: number, parts: number, overlap: number): Span[] {
  if (parts === 1) return [{ from: 0, size: length }];
  const size = Math.min(length, Math.ceil((length + overlap * (parts - 1)) / parts / 2) * 2);
  return Array.from({ length: parts }, (_, part) => ({
    from: (Math.round(((length - size) * part) / (parts - 1)) >> 1) << 1,
    size,
  }));
}

/** Splits a look at the whole frame into parts that fit. */
export function partsOf(width: number, height: number, scale: number): Pass[] {
  const area = width * height * scale * scale;
  const rows = area <= MAX_AREA ? 1 : Math.ceil(Math.sqrt(area / MAX_AREA));
  const columns = area <= MAX_AREA ? 1 : Math.ceil(area / MAX_AREA / rows);
  const overlap = PART_OVERLAP / scale;
  return spans(height, rows, overlap).flatMap((row) =>
    spans(width, columns, overlap).map((column) => ({
      kind: 'part' as const,
      x: column.from,
      y: row.from,
      width: column.size,
      height: row.size,
      scale,
    })),
  );
}

/** Splits many squares into mosaics of equal size that fit. */
export function mosaicsOf(tiles: readonly Tile[], size: number): Pass[] {
  const count = Math.ceil((tiles.length * size * size) / MAX_AREA);
  const each = Math.ceil(tiles.length / count);
  return Array.from({ length: count }, (_, index) => ({
    kind: 'tiles' as const,
    tiles: tiles.slice(index * each, (index + 1) * each),
    size,
  }));
}

/** Boxes of all passes of one look, in frame pixels, each face once. */
export function joinPasses(found: readonly (readonly Detection[])[]): Detection[] {
  return suppress(found.flat(), NMS_IOU);
}

/** Boxes of one pass, in frame pixels. */
export async function runPass(
  network: Network,
  family: Family,
  frame: YuvFrame,
  pass: Pass,
  minScore: number,
): Promise<Detection[]> {
  if (pass.kind === 'tiles') return runMosaic(network, family, frame, pass, minScore);
  const planes = cropPlanes(frame, pass.x, pass.y, pass.width, pass.height, pass.scale);
  const boxes = await look(network, family, planes, pass.scale, minScore);
  return boxes
    .filter((box) => box.x <= pass.width && box.y <= pass.height)
    .map((box) => ({ ...box, x: box.x + pass.x, y: box.y + pass.y }));
}

async function look(network: Network, family: Family, planes: Planes, scale: number, minScore: number) {
  const outputs = await network.run({ ...planes, scale });
  const seen = { width: Math.floor(planes.width * scale), height: Math.floor(planes.height * scale) };
  const boxes = suppress(DECODERS[family](outputs, seen, minScore), NMS_IOU);
  return boxes.map((box) => ({
    x: box.x / scale,
    y: box.y / scale,
    w: box.w / scale,
    h: box.h / scale,
    score: box.score,
  }));
}

async function runMosaic(
  network: Network,
  family: Family,
  frame: YuvFrame,
  { tiles, size }: Extract<Pass, { kind: 'tiles' }>,
  minScore: number,
): Promise<Detection[]> {
  const columns = Math.ceil(Math.sqrt(tiles.length));
  const canvas = blankPlanes(columns * size, Math.ceil(tiles.length / columns) * size, 1);
  tiles.forEach((tile, index) => {
    drawTile(frame, canvas, (index % columns) * size, Math.floor(index / columns) * size, size, tile);
  });
  const boxes = await look(network, family, canvas, 1, minScore);
  return boxes.map((box) => fromCanvas(box, tiles, columns, size)).filter((box) => box !== undefined);
}

/** Maps a box on the canvas back into the frame; undefined when it belongs to no single tile. */
function fromCanvas(box: Detection, tiles: readonly Tile[], columns: number, size: number): Detection | undefined {
  const cx = box.x + box.w / 2;
  const cy = box.y + box.h / 2;
  const column = Math.floor(cx / size);
  const row = Math.floor(cy / size);
  const tile = column < columns ? tiles[row * columns + column] : undefined;
  if (!tile) return undefined;
  const [left, top] = [column * size, row * size];
  const slack = 4;
  if (box.x < left - slack || box.y < top - slack) return undefined;
  if (box.x + box.w > left + size + slack || box.y + box.h > top + size + slack) return undefined;
  const step = tile.side / size;
  const u = (cx - left - size / 2) * step;
  const v = (cy - top - size / 2) * step;
  const [cos, sin] = [Math.cos(tile.angle), Math.sin(tile.angle)];
  const w = box.w * step;
  const h = box.h * step;
  // A box found upright in a turned tile is turned in the frame: take its upright hull, damped.
  const turned = Math.abs(sin);
  const width = w * (1 - turned) + h * turned;
  const height = h * (1 - turned) + w * turned;
  return {
    x: tile.cx + u * cos - v * sin - width / 2,
    y: tile.cy + u * sin + v * cos - height / 2,
    w: width,
    h: height,
    score: box.score,
  };
}
