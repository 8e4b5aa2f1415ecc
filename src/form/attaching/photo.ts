/** Long side of a photo that is sent: a number plate stays readable, and a slow network has a tenth to carry. */
const mostSidePx = 2560;
const jpegQuality = 0.85;

/**
 * The photo drawn anew (web.md): nothing of its file comes along, so neither place, date, device nor a smaller picture of
 * what was cut away. Null when this browser cannot open it, or gives no honest drawing back.
 */
export async function cleanPhoto(file: Blob): Promise<Uint8Array<ArrayBuffer> | null> {
  if (!drawsHonestly()) return null;
  try {
    const photo = await createImageBitmap(file);
    const drawn = draw(photo);
    photo.close();
    const blob = await new Promise<Blob | null>((resolve) => drawn.toBlob(resolve, "image/jpeg", jpegQuality));
    return blob === null ? null : new Uint8Array(await blob.arrayBuffer());
  } catch {
    // Not a picture, or none that this browser knows (HEIC), or too large for its memory.
    return null;
  }
}

function draw(photo: ImageBitmap): HTMLCanvasElement {
  const scale = Math.min(1, mostSidePx / Math.max(photo.width, photo.height));
  const [width, height] = [photo.width, photo.height].map((side) => Math.max(1, Math.round(side * scale)));
  const [canvas, context] = canvasOf(width!, height!);
  // JPEG knows no transparency.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width!, height!);
  context.drawImage(photo, 0, 0, width!, height!);
  return canvas;
}

function canvasOf(width: number, height: number): readonly [HTMLCanvasElement, CanvasRenderingContext2D] {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  return [canvas, canvas.getContext("2d")!];
}

const triedSidePx = 8;
const triedColour = [40, 120, 200] as const;
/** What a browser that blurs drawings a little may change. */
const mostDifference = 3;

/** Tor Browser gives white or noise in place of a drawing, so that nobody is known by one: a photo would be sent as that. */
function drawsHonestly(): boolean {
  const [, context] = canvasOf(triedSidePx, triedSidePx);
  context.fillStyle = `rgb(${triedColour.join(",")})`;
  context.fillRect(0, 0, triedSidePx, triedSidePx);
  const { data } = context.getImageData(0, 0, triedSidePx, triedSidePx);
  return data.every((value, index) => {
    const expected = triedColour[index % 4] ?? 255;
    return Math.abs(value - expected) <= mostDifference;
  });
}
