// A packed file over the network, its bytes counted as they arrive, then gunzipped.
// The engine checks the sum of what is unpacked.

const GZIP = [0x1f, 0x8b];

export async function download(
  url: URL,
  onBytes: (count: number) => void,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const response = await fetch(url, { signal });
  if (!response.ok || !response.body) {
    throw new Error(`${url.pathname}: ${response.status} ${response.statusText}`);
  }
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    onBytes(part.value.byteLength);
    chunks.push(part.value);
  }
  const file = new Blob(chunks);
  return isGzip(chunks[0]) ? bytes(gunzip(file)) : bytes(file.stream());
}

// Some servers label a .gz file as an encoding, and the browser has unpacked it already.
function isGzip(chunk: Uint8Array | undefined): boolean {
  return chunk !== undefined && GZIP.every((byte, at) => chunk[at] === byte);
}

function gunzip(file: Blob): ReadableStream<Uint8Array> {
  return file.stream().pipeThrough(new DecompressionStream('gzip'));
}

async function bytes(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream as BodyInit).arrayBuffer());
}
