// Files as callers send them -> texts, a piece at a time. Plain, gzip, zip and cab are read here, in
// the browser; nothing is sent anywhere.

const DEPTH = 2; // archives within archives
const NESTED = 64 * 2 ** 20; // bytes of an archive within one
const UNPACKED = 2 ** 30; // bytes of a folder of a cab
const END_OF_ZIP = 65_557; // bytes in which the end of a zip lies: APPNOTE 4.3.16

// `reason` names a sentence of the page.
export class Unreadable extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

// Yields what a file holds: `name` and `stream`, or `name` and `reason` where it cannot be read.
export async function* contents(file, name = file.name, depth = 0) {
  const head = new Uint8Array(await file.slice(0, 8).arrayBuffer());
  const kind = kindOf(head);
  try {
    if (kind === "gzip") {
      yield { name, stream: file.stream().pipeThrough(new DecompressionStream("gzip")) };
    } else if (kind === "zip" || kind === "cab") {
      if (depth === DEPTH) throw new Unreadable("nested");
      for await (const one of kind === "zip" ? unzipped(file) : expanded(file)) {
        if (one.reason) yield { ...one, name: `${name} › ${one.name}` };
        else yield* within(one, `${name} › ${one.name}`, depth);
      }
    } else if (kind) throw new Unreadable(kind);
    else yield { name, stream: file.stream() };
  } catch (error) {
    yield { name, reason: error.reason ?? "damaged" };
  }
}

const ARCHIVE = /\.(?:zip|cab|gz)$/i;

async function* within({ name, stream }, path, depth) {
  if (!ARCHIVE.test(name)) {
    yield { name: path, stream };
    return;
  }
  try {
    yield* contents(await small(stream), path, depth + 1);
  } catch (error) {
    yield { name: path, reason: error.reason ?? "damaged" };
  }
}

// What an archive says of the size of its files may be wrong.
async function small(stream) {
  const parts = [];
  let size = 0;
  for await (const bytes of stream) {
    size += bytes.length;
    if (size > NESTED) throw new Unreadable("nested");
    parts.push(bytes);
  }
  return new Blob(parts);
}

function kindOf(head) {
  const text = String.fromCharCode(...head);
  if (text.startsWith("PK\x03\x04") || text.startsWith("PK\x05\x06")) return "zip";
  if (text.startsWith("MSCF")) return "cab";
  if (text.startsWith("\x1f\x8b")) return "gzip";
  if (text.startsWith("ElfFile")) return "evtx";
  if (text.startsWith("7z\xbc\xaf") || text.startsWith("Rar!")) return "archive";
  if (text.startsWith("\x89PNG") || text.startsWith("\xff\xd8\xff") || text.startsWith("GIF8")) {
    return "picture";
  }
  return text.startsWith("%PDF") || text.startsWith("\xd0\xcf\x11\xe0") ? "document" : "";
}

// ZIP: PKWARE's APPNOTE, the central directory; what it names is read where it lies.
async function* unzipped(file) {
  const from = Math.max(0, file.size - END_OF_ZIP);
  const tail = new DataView(await file.slice(from).arrayBuffer());
  let end = tail.byteLength - 22;
  while (end >= 0 && tail.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < 0) throw new Unreadable("damaged");
  const [size, offset] = [tail.getUint32(end + 12, true), tail.getUint32(end + 16, true)];
  const list = new DataView(await file.slice(offset, offset + size).arrayBuffer());
  for (let at = 0; at + 46 <= list.byteLength && list.getUint32(at, true) === 0x02014b50;) {
    const lengths = [28, 30, 32].map((place) => list.getUint16(at + place, true));
    const [flags, method] = [list.getUint16(at + 8, true), list.getUint16(at + 10, true)];
    const packed = list.getUint32(at + 20, true);
    const unpacked = list.getUint32(at + 24, true);
    const local = list.getUint32(at + 42, true);
    const name = named(new Uint8Array(list.buffer, list.byteOffset + at + 46, lengths[0]), flags);
    at += 46 + lengths[0] + lengths[1] + lengths[2];
    if (name.endsWith("/") || !unpacked) continue;
    if (flags & 1) yield { name, reason: "encrypted" };
    else if (method !== 0 && method !== 8) yield { name, reason: "compression" };
    else yield { name, stream: await part(file, local, packed, method) };
  }
}

async function part(file, local, packed, method) {
  const head = new DataView(await file.slice(local, local + 30).arrayBuffer());
  const start = local + 30 + head.getUint16(26, true) + head.getUint16(28, true);
  const stream = file.slice(start, start + packed).stream();
  return method ? stream.pipeThrough(new DecompressionStream("deflate-raw")) : stream;
}

// Names are UTF-8 where the archive says so, else of the code page of whoever packed it.
function named(bytes, flags) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(flags & 0x800 ? "utf-8" : "windows-1252").decode(bytes);
  }
}

// CAB: [MS-CAB]. Blocks are stored or MSZIP, of which each goes on from the one before.
async function* expanded(file) {
  const buffer = await file.arrayBuffer();
  const view = new DataView(buffer);
  const flags = view.getUint16(30, true);
  let at = 36;
  let [folderMore, dataMore] = [0, 0];
  if (flags & 4) {
    folderMore = view.getUint8(38);
    dataMore = view.getUint8(39);
    at = 40 + view.getUint16(36, true);
  }
  for (let skipped = ((flags & 1) + ((flags & 2) >> 1)) * 2; skipped; skipped -= 1) {
    while (view.getUint8(at)) at += 1;
    at += 1;
  }
  const folders = [];
  for (let left = view.getUint16(26, true); left; left -= 1, at += 8 + folderMore) {
    folders.push({
      offset: view.getUint32(at, true),
      blocks: view.getUint16(at + 4, true),
      method: view.getUint16(at + 6, true) & 15,
    });
  }
  let entry = view.getUint32(16, true);
  for (let left = view.getUint16(28, true); left; left -= 1) {
    const [size, offset] = [view.getUint32(entry, true), view.getUint32(entry + 4, true)];
    const folder = folders[view.getUint16(entry + 8, true)];
    let end = entry + 16;
    while (view.getUint8(end)) end += 1;
    const name = named(new Uint8Array(buffer, entry + 16, end - entry - 16), 0);
    entry = end + 1;
    if (!folder) yield { name, reason: "compression" };
    else if (folder.method > 1) yield { name, reason: "compression" };
    else {
      folder.bytes ??= await blocksOf(view, folder, dataMore);
      yield { name, stream: new Blob([folder.bytes.subarray(offset, offset + size)]).stream() };
    }
  }
}

async function blocksOf(view, { offset, blocks, method }, more) {
  const { inflateSync } = await import("../../vendor/fflate/fflate.js");
  const parts = [];
  let dictionary;
  let unpacked = 0;
  for (let at = offset; blocks; blocks -= 1) {
    const size = view.getUint16(at + 4, true);
    unpacked += view.getUint16(at + 6, true);
    if (unpacked > UNPACKED) throw new Unreadable("large");
    const start = at + 8 + more;
    if (method) {
      const packed = new Uint8Array(view.buffer, start + 2, size - 2);
      parts.push(
        inflateSync(packed, { dictionary, out: new Uint8Array(view.getUint16(at + 6, true)) }),
      );
      dictionary = parts.at(-1);
    } else parts.push(new Uint8Array(view.buffer, start, size));
    at = start + size;
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

const SAMPLE = 4_096;

// What encoding a text has, by its first bytes: a mark, a zero beside each letter, else UTF-8 or,
// where that fails, Windows' western one. Throws where it is no text.
export function encodingOf(bytes) {
  const sample = bytes.subarray(0, SAMPLE);
  if (sample[0] === 0xff && sample[1] === 0xfe) return "utf-16le";
  if (sample[0] === 0xfe && sample[1] === 0xff) return "utf-16be";
  const zeros = [0, 0];
  let controls = 0;
  sample.forEach((byte, place) => {
    if (!byte) zeros[place % 2] += 1;
    if (byte < 9 || byte > 13 && byte < 32 && byte !== 27) controls += 1;
  });
  const half = sample.length / 2;
  if (zeros[1] > 0.6 * half && zeros[0] < 0.1 * half) return "utf-16le";
  if (zeros[0] > 0.6 * half && zeros[1] < 0.1 * half) return "utf-16be";
  if (zeros[0] + zeros[1] > 0.01 * sample.length || controls > 0.02 * sample.length) {
    throw new Unreadable("binary");
  }
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}

// Yields the text of a stream in pieces that end with a line, and how many bytes were read. A line
// without an end is cut where it grows too long.
export async function* pieces(stream, size = 2 ** 20) {
  let decoder = null;
  let rest = "";
  let read = 0;
  for await (const bytes of stream) {
    decoder ??= new TextDecoder(encodingOf(bytes));
    rest += decoder.decode(bytes, { stream: true });
    read += bytes.length;
    if (rest.length < size) continue;
    const end = rest.lastIndexOf("\n") + 1 || (rest.length > 4 * size ? rest.length : 0);
    if (!end) continue;
    yield { text: rest.slice(0, end), read };
    rest = rest.slice(end);
    read = 0;
  }
  rest += decoder?.decode() ?? "";
  if (rest || read) yield { text: rest, read };
}
