/** One slice of a list, as services return it. */
export interface PageSlice<T> {
  items: T[];
  /** Rows that match, on all pages. */
  total: number;
  /** Where the next slice begins; null or absent on the last one. */
  nextCursor?: string | null;
}

export interface PageMeta {
  page: number;
  limit: number;
  total: number;
  totalPages: number;
  nextCursor: string | null;
}

/**
 * What a controller returns for a list: `return Page.of(query, await service.list(...))`. The envelope
 * interceptor turns it into `{ success, data, meta }`.
 */
export class Page<T> {
  private constructor(
    readonly items: T[],
    readonly meta: PageMeta,
  ) {}

  static of<T>(query: { page: number; limit: number }, slice: PageSlice<T>): Page<T> {
    const { page, limit } = query;
    const { items, total, nextCursor = null } = slice;
    return new Page(items, { page, limit, total, totalPages: Math.ceil(total / limit), nextCursor });
  }

  /** The same page with each item replaced, usually by its wire form. */
  map<U>(project: (item: T) => U): Page<U> {
    return new Page(this.items.map(project), this.meta);
  }
}
