import type { PageMetaDto } from '#client';

export { dataOf } from '#client';

/** A page of a list, as pages keep it. */
export interface ListPage<Item> {
  items: Item[];
  meta: PageMetaDto;
}

/** A page of an answer: `await pageOf(api.GET('/api/v1/jobs', ...))`. */
export async function pageOf<Item>(
  answer: Promise<{ data?: { data: Item[]; meta: PageMetaDto } }>,
): Promise<ListPage<Item>> {
  const { data } = await answer;
  // The client throws where there is no success.
  if (data === undefined) throw new TypeError('This answer has no body.');
  return { items: data.data, meta: data.meta };
}
