import type { PageMetaDto } from './schema.js';

interface Answered<Body> {
  data?: Body;
}

interface PageOf<Item> {
  data: Item[];
  meta: PageMetaDto;
}

/** The `data` of an answer: `await dataOf(client.GET(...))`. Of a route with several kinds of success any of theirs. */
export async function dataOf<Body extends { data: unknown }>(
  answer: Promise<Answered<Body>>,
): Promise<Body['data']> {
  return (await bodyOf(answer)).data;
}

/** The items of a list, page by page as they are asked for: `allPages((cursor) => client.GET(...))`. */
export async function* allPages<Item>(
  page: (cursor: string | undefined) => Promise<Answered<PageOf<Item>>>,
): AsyncGenerator<PageOf<Item>, void> {
  let cursor: string | undefined;
  do {
    const body = await bodyOf(page(cursor));
    yield body;
    cursor = body.meta.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

async function bodyOf<Body>(answer: Promise<Answered<Body>>): Promise<Body> {
  const { data } = await answer;
  // The client throws where there is no success; only a 204 has no body, and no route of a list answers that.
  if (data === undefined) throw new TypeError('This answer has no body.');
  return data;
}
