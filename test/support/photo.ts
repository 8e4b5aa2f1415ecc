import type { Page } from "playwright-core";
import { concat, utf8 } from "../../src/base/bytes.ts";

/** A JPEG that this browser draws. */
export async function photoFrom(page: Page, width: number, height: number): Promise<Uint8Array<ArrayBuffer>> {
  const address = await page.evaluate(
    ([wide, high]) => {
      const canvas = document.createElement("canvas");
      canvas.width = wide!;
      canvas.height = high!;
      const context = canvas.getContext("2d")!;
      context.fillStyle = "#375";
      context.fillRect(0, 0, wide! / 2, high!);
      return canvas.toDataURL("image/jpeg");
    },
    [width, height],
  );
  return new Uint8Array(Buffer.from(address.split(",")[1]!, "base64"));
}

/** The same photo with this text in an Exif segment (APP1) and in a comment, behind the start of the image. */
export function withExif(jpeg: Uint8Array, text: string): Uint8Array<ArrayBuffer> {
  const exif = segment(0xe1, concat(utf8("Exif\0\0"), utf8(text)));
  return concat(jpeg.subarray(0, 2), exif, segment(0xfe, utf8(text)), jpeg.subarray(2));
}

function segment(marker: number, content: Uint8Array): Uint8Array {
  const length = content.length + 2;
  return concat(Uint8Array.of(0xff, marker, length >> 8, length & 255), content);
}
