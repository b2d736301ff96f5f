import { CHANNELS } from '#database';

/** The statement that ends sessions or API keys, and the word to those who hold connections open in their name. */
export function telling(statement: string): string {
  return `WITH ended AS (${statement} RETURNING id)
    SELECT pg_notify('${CHANNELS.sessions}', '') FROM ended LIMIT 1`;
}
