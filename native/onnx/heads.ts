import type { Detection } from '../../core/geometry/detection.ts';
import type { Family } from '../../models/families.ts';
import type { Output } from './session.ts';

export type Outputs = ReadonlyMap<string, Output>;

/** Size of what the network saw, after scaling, in pixels. */
export interface Seen {
  readonly width: number;
  readonly height: number;
}

/** Turns a network's raw heads into boxes in pixels of what the network saw. */
export type DecodeHeads = (outputs: Outputs, seen: Seen, minScore: number) => Detection[];

function output(outputs: Outputs, name: string): Output {
  const found = outputs.get(name);
  if (!found) throw new Error(`the model has no output ${name}`);
  return found;
}

function centred(cx: number, cy: number, w: number, h: number, score: number): Detection {
  return { x: cx - w / 2, y: cy - h / 2, w, h, score };
}

/** Two square anchors per cell of 16 px times these scales (InsightFace RetinaFace mnet.25 v1). */
const RETINA_ANCHORS: readonly [stride: number, scales: readonly number[]][] = [
  [32, [32, 16]],
  [16, [8, 4]],
  [8, [2, 1]],
];

const retinaface: DecodeHeads = (outputs, _seen, minScore) => {
  const boxes: Detection[] = [];
  for (const [stride, scales] of RETINA_ANCHORS) {
    const scores = output(outputs, `face_rpn_cls_prob_reshape_stride${stride}`);
    const deltas = output(outputs, `face_rpn_bbox_pred_stride${stride}`).data;
    const columns = scores.dims[3] ?? 1;
    const cells = (scores.dims[2] ?? 1) * columns;
    scales.forEach((anchorScale, anchor) => {
      const side = 16 * anchorScale;
      const base = anchor * 4 * cells;
      for (let cell = 0; cell < cells; cell++) {
        const score = scores.data[(2 + anchor) * cells + cell]!;
        if (score < minScore) continue;
        const cx = 7.5 + (cell % columns) * stride + deltas[base + cell]! * side;
        const cy = 7.5 + Math.floor(cell / columns) * stride + deltas[base + cells + cell]! * side;
        const w = side * Math.exp(deltas[base + 2 * cells + cell]!);
        const h = side * Math.exp(deltas[base + 3 * cells + cell]!);
        boxes.push(centred(cx, cy, w, h, score));
      }
    });
  }
  return boxes;
};

const unit = (value: number) => Math.min(1, Math.max(0, value));

/** Anchor-free, score = sqrt(class x objectness) (libfacedetection.train). */
const yunet: DecodeHeads = (outputs, { width }, minScore) => {
  const boxes: Detection[] = [];
  for (const stride of [8, 16, 32]) {
    const classes = output(outputs, `cls_${stride}`).data;
    const objects = output(outputs, `obj_${stride}`).data;
    const deltas = output(outputs, `bbox_${stride}`).data;
    const columns = Math.ceil(width / stride);
    for (let cell = 0; cell < classes.length; cell++) {
      const score = Math.sqrt(unit(classes[cell]!) * unit(objects[cell]!));
      if (score < minScore) continue;
      const cx = ((cell % columns) + deltas[cell * 4]!) * stride;
      const cy = (Math.floor(cell / columns) + deltas[cell * 4 + 1]!) * stride;
      boxes.push(
        centred(cx, cy, Math.exp(deltas[cell * 4 + 2]!) * stride, Math.exp(deltas[cell * 4 + 3]!) * stride, score),
      );
    }
  }
  return boxes;
};

/** Two anchors per cell; distances to the four sides in units of the stride (InsightFace SCRFD). */
const scrfd: DecodeHeads = (outputs, { width }, minScore) => {
  const boxes: Detection[] = [];
  [8, 16, 32].forEach((stride, level) => {
    const scores = output(outputs, `out${level}`).data;
    const sides = output(outputs, `out${level + 3}`).data;
    const columns = Math.ceil(width / stride);
    for (let anchor = 0; anchor < scores.length; anchor++) {
      const score = scores[anchor]!;
      if (score < minScore) continue;
      const cell = anchor >> 1;
      const cx = (cell % columns) * stride;
      const cy = Math.floor(cell / columns) * stride;
      const [left, top, right, bottom] = [0, 1, 2, 3].map((side) => sides[anchor * 4 + side]! * stride);
      boxes.push({ x: cx - left!, y: cy - top!, w: left! + right!, h: top! + bottom!, score });
    }
  });
  return boxes;
};

/** Prior sizes per stride and variances 0.1 / 0.2 (Linzaer Ultra-Light-Fast RFB). */
const ULTRA_PRIORS: readonly [stride: number, sizes: readonly number[]][] = [
  [8, [10, 16, 24]],
  [16, [32, 48]],
  [32, [64, 96]],
  [64, [128, 192, 256]],
];

const ultraface: DecodeHeads = (outputs, { width, height }, minScore) => {
  const scores = output(outputs, 'scores').data;
  const deltas = output(outputs, '462').data;
  const boxes: Detection[] = [];
  let prior = 0;
  for (const [stride, sizes] of ULTRA_PRIORS) {
    const rows = Math.ceil(height / stride);
    const columns = Math.ceil(width / stride);
    for (let cell = 0; cell < rows * columns; cell++) {
      for (const size of sizes) {
        const score = scores[prior * 2 + 1]!;
        if (score >= minScore) {
          const cx = ((cell % columns) + 0.5) * stride + deltas[prior * 4]! * 0.1 * size;
          const cy = (Math.floor(cell / columns) + 0.5) * stride + deltas[prior * 4 + 1]! * 0.1 * size;
          const w = size * Math.exp(deltas[prior * 4 + 2]! * 0.2);
          boxes.push(centred(cx, cy, w, size * Math.exp(deltas[prior * 4 + 3]! * 0.2), score));
        }
        prior++;
      }
    }
  }
  return boxes;
};

/** Anchors of one cell: `side` by `side` squares of this size around its middle, `size / side` apart, column by column. */
interface Grid {
  readonly size: number;
  readonly side: number;
}

/** Heads of FaceBoxes; small anchors are densified as in its paper (arXiv 1708.05234, 3.2). */
const FACEBOXES_HEADS: readonly [stride: number, grids: readonly Grid[]][] = [
  [
    32,
    [
      { size: 32, side: 4 },
      { size: 64, side: 2 },
      { size: 128, side: 1 },
    ],
  ],
  [64, [{ size: 256, side: 1 }]],
  [128, [{ size: 512, side: 1 }]],
];

/** FaceBoxes hardly ever gives an anchor less than this, whatever it looks at: that much means nothing. */
const FACEBOXES_FLOOR = 0.15;

/**
 * FaceBoxes (TropComplique/FaceBoxes-tensorflow): two logits an anchor, other thing and face; boxes by
 * middle and logarithm of the size, in the order y, x, height, width, with variances 0.1 and 0.2.
 * Anchors are cut off at the picture's edge, and the picture is whole multiples of the last stride.
 */
const faceboxes: DecodeHeads = (outputs, _seen, minScore) => {
  const boxes: Detection[] = [];
  const heads = FACEBOXES_HEADS.map(([stride, grids], level) => ({
    stride,
    grids,
    classes: output(outputs, `prediction_layers/class_predictor_${level}/BiasAdd`),
    deltas: output(outputs, `prediction_layers/box_encoding_predictor_${level}/BiasAdd`).data,
  }));
  const coarse = heads.at(-1)!;
  const bottom = (coarse.classes.dims[2] ?? 1) * coarse.stride;
  const right = (coarse.classes.dims[3] ?? 1) * coarse.stride;
  for (const { stride, grids, classes, deltas } of heads) {
    const columns = classes.dims[3] ?? 1;
    const cells = (classes.dims[2] ?? 1) * columns;
    let anchor = 0;
    for (const { size, side } of grids) {
      for (let place = 0; place < side * side; place++, anchor++) {
        const dx = stride / 2 + (Math.floor(place / side) - (side - 1) / 2) * (size / side);
        const dy = stride / 2 + ((place % side) - (side - 1) / 2) * (size / side);
        const logits = anchor * 2 * cells;
        const base = anchor * 4 * cells;
        for (let cell = 0; cell < cells; cell++) {
          const face = 1 / (1 + Math.exp(classes.data[logits + cell]! - classes.data[logits + cells + cell]!));
          const score = (face - FACEBOXES_FLOOR) / (1 - FACEBOXES_FLOOR);
          if (score < minScore) continue;
          const cx = (cell % columns) * stride + dx;
          const cy = Math.floor(cell / columns) * stride + dy;
          const [x0, x1] = [Math.max(0, cx - size / 2), Math.min(right, cx + size / 2)];
          const [y0, y1] = [Math.max(0, cy - size / 2), Math.min(bottom, cy + size / 2)];
          const [w, h] = [x1 - x0, y1 - y0];
          boxes.push(
            centred(
              (x0 + x1) / 2 + deltas[base + cells + cell]! * 0.1 * w,
              (y0 + y1) / 2 + deltas[base + cell]! * 0.1 * h,
              w * Math.exp(deltas[base + 3 * cells + cell]! * 0.2),
              h * Math.exp(deltas[base + 2 * cells + cell]! * 0.2),
              score,
            ),
          );
        }
      }
    }
  }
  return boxes;
};

export const DECODERS: Record<Family, DecodeHeads> = { retinaface, yunet, scrfd, ultraface, faceboxes };
