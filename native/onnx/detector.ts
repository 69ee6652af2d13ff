import { suppress, type Detection } from '../../core/geometry/detection.ts';
import type { Family } from '../../models/families.ts';
import type { YuvFrame } from '../ffmpeg/frame-reader.ts';
import { blankPlanes, cropPlanes, drawTile, type Planes, type Tile } from '../pixels/planes.ts';
import { DECODERS } from './heads.ts';
import { openNetwork, type Network } from './session.ts';

/** Exponents that turn raw scores into probabilities: full passes and zoomed tiles (docs/accuracy.md). */
export interface Calibration {
  readonly full: number;
  readonly zoom: number;
}

const CALIBRATION: Record<Family, Calibration> = {
  retinaface: { full: 0.5, zoom: 0.75 },
  // YuNet and SCRFD hardly ever answer above 0.9 and mean it above 0.6: steeper, not flatter.
  yunet: { full: 1.3, zoom: 1.6 },
  scrfd: { full: 0.8, zoom: 1 },
  ultraface: { full: 1.5, zoom: 1.8 },
};

export interface FaceDetector {
  readonly name: string;
  readonly family: Family;
  readonly calibration: Calibration;
  /** Boxes in frame pixels from one look at the whole frame, at `scale` times its size. */
  detect(frame: YuvFrame, scale: number, minScore: number): Promise<Detection[]>;
  /** Boxes in frame pixels from a mosaic of magnified, possibly turned, squares. */
  detectTiles(frame: YuvFrame, tiles: readonly Tile[], size: number, minScore: number): Promise<Detection[]>;
  close(): Promise<void>;
}

const NMS_IOU = 0.4;
/** Largest area given to the network at once, in pixels; bounds memory to about 250 MB. */
const MAX_AREA = 1.6e6;
/** Faces up to this side (network pixels) are seen whole by at least one of two neighbouring tiles. */
const TILE_OVERLAP = 128;

export async function openDetector(name: string, family: Family, bytes: Uint8Array): Promise<FaceDetector> {
  const network = await openNetwork(bytes);
  return {
    name,
    family,
    calibration: CALIBRATION[family],
    detect: (frame, scale, minScore) => detect(network, family, frame, scale, minScore),
    detectTiles: (frame, tiles, size, minScore) => detectTiles(network, family, frame, tiles, size, minScore),
    close: () => network.release(),
  };
}

async function look(network: Network, family: Family, planes: Planes, scale: number, minScore: number) {
  const outputs = await network.run({ ...planes, scale });
  const seen = { width: Math.floor(planes.width * scale), height: Math.floor(planes.height * scale) };
  const boxes = DECODERS[family](outputs, seen, minScore);
  return boxes.map((box) => ({
    x: box.x / scale,
    y: box.y / scale,
    w: box.w / scale,
    h: box.h / scale,
    score: box.score,
  }));
}

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

async function detect(network: Network, family: Family, frame: YuvFrame, scale: number, minScore: number) {
  const area = frame.width * frame.height * scale * scale;
  const parts = Math.max(1, Math.ceil(Math.sqrt(area / MAX_AREA)));
  const rows = area <= MAX_AREA ? 1 : parts;
  const columns = area <= MAX_AREA ? 1 : Math.ceil(area / MAX_AREA / rows);
  const overlap = TILE_OVERLAP / scale;
  const found: Detection[] = [];
  for (const row of spans(frame.height, rows, overlap)) {
    for (const column of spans(frame.width, columns, overlap)) {
      const planes = cropPlanes(frame, column.from, row.from, column.size, row.size);
      for (const box of await look(network, family, planes, scale, minScore)) {
        if (box.x > column.size || box.y > row.size) continue;
        found.push({ ...box, x: box.x + column.from, y: box.y + row.from });
      }
    }
  }
  return suppress(found, NMS_IOU);
}

/** At most this many tiles a canvas: 100 tiles of 128 px are 1.6 Mpx. */
const TILES_PER_CANVAS = 96;

async function detectTiles(
  network: Network,
  family: Family,
  frame: YuvFrame,
  tiles: readonly Tile[],
  size: number,
  minScore: number,
): Promise<Detection[]> {
  const found: Detection[] = [];
  for (let start = 0; start < tiles.length; start += TILES_PER_CANVAS) {
    const batch = tiles.slice(start, start + TILES_PER_CANVAS);
    const columns = Math.ceil(Math.sqrt(batch.length));
    const canvas = blankPlanes(columns * size, Math.ceil(batch.length / columns) * size);
    batch.forEach((tile, index) => {
      drawTile(frame, canvas, (index % columns) * size, Math.floor(index / columns) * size, size, tile);
    });
    for (const box of await look(network, family, canvas, 1, minScore)) {
      const mapped = fromCanvas(box, batch, columns, size);
      if (mapped) found.push(mapped);
    }
  }
  return suppress(found, NMS_IOU);
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
