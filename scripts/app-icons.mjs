// Draws the app's icons: the brand mark of the window, in the sizes and containers that each system wants.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

/** As `.brand-mark` in renderer/styles/screens.css, with the light theme's --accent and --ink-soft. */
const MARK = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">
  <clipPath id="edge"><rect x="6" y="6" width="88" height="88" rx="33"/></clipPath>
  <g clip-path="url(#edge)">
    <path d="M0 0H100L0 100Z" fill="#0b6152"/>
    <path d="M100 0V100H0Z" fill="#57534b"/>
  </g>
</svg>`;
const LINUX = [16, 32, 48, 64, 128, 256, 512];
const WINDOWS = [16, 24, 32, 48, 64, 128, 256];
const MAC = { ic11: 32, ic07: 128, ic08: 256, ic09: 512, ic10: 1024 };

/** @param {number} size */
function picture(size) {
  return sharp(Buffer.from(MARK), { density: Math.ceil(size * 0.96) })
    .resize(size, size)
    .png()
    .toBuffer();
}

/** Windows' container: a list of sizes and places, then the pictures. @param {Buffer[]} pictures */
function ico(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  pictures.forEach((each, index) => {
    const at = 6 + 16 * index;
    // 0 stands for 256.
    head.writeUInt8(WINDOWS[index] % 256, at);
    head.writeUInt8(WINDOWS[index] % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(each.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += each.length;
  });
  return Buffer.concat([head, ...pictures]);
}

/** macOS' container: pieces with a name and a length, in one piece with a name and a length. */
function icns(pieces) {
  /** @param {string} name @param {Buffer[]} bodies */
  const piece = (name, bodies) => {
    const head = Buffer.alloc(8);
    head.write(name, 'ascii');
    head.writeUInt32BE(8 + bodies.reduce((sum, { length }) => sum + length, 0), 4);
    return Buffer.concat([head, ...bodies]);
  };
  return piece(
    'icns',
    pieces.map(([name, body]) => piece(name, [body])),
  );
}

/** @param {string} folder where icon.ico, icon.icns and a folder of pictures are put */
export async function drawIcons(folder) {
  const pictures = join(folder, 'icons');
  mkdirSync(pictures, { recursive: true });
  for (const size of LINUX) writeFileSync(join(pictures, `${size}x${size}.png`), await picture(size));
  writeFileSync(join(folder, 'icon.ico'), ico(await Promise.all(WINDOWS.map(picture))));
  const pieces = Object.entries(MAC).map(async ([name, size]) => [name, await picture(size)]);
  writeFileSync(join(folder, 'icon.icns'), icns(await Promise.all(pieces)));
}
