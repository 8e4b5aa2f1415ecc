/**
 * Markup without the indentation, which is for whoever reads our files and on a slow network only weight. Words hold no
 * run of spaces; what is inside a textarea, which is somebody's words, and what a hash was made of stay as they are.
 */
export function squeezed(page: string): string {
  return page
    .split(/(<textarea[^>]*>[^]*?<\/textarea\s*>|<script>[^]*?<\/script>|<style>[^]*?<\/style>)/)
    .map((part, index) => (index % 2 === 1 ? part : squeezedMarkup(part)))
    .join("");
}

function squeezedMarkup(markup: string): string {
  return markup
    .replace(/>\s+</g, "><")
    .replace(/\s*\n\s*/g, " ")
    .replace(/\s*\/?>/g, ">");
}
