/** Stands in the built index.html where the API puts the nonce of each answer. The API knows it by the same text. */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__';
