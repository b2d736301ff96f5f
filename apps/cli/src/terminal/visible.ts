// oxlint-disable-next-line no-control-regex -- to take them out is the point
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/**
 * Text of others made safe to print: control characters, which could move the cursor, rewrite what stands above or
 * speak to the terminal, become `\u{1b}` and the like.
 */
export function visible(text: string): string {
  return text.replaceAll(CONTROL, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);
}

/** The same on one line. */
export function oneLine(text: string): string {
  return visible(text.replaceAll(/\s+/g, ' '));
}
