/** An instant as `2030-01-31 09:00:00Z`; undefined where there is none. */
export function instant(iso: string | null): string | undefined {
  return iso === null ? undefined : `${iso.slice(0, 19).replace('T', ' ')}Z`;
}
