/** What the server asks of a password; it says itself which part is missing. */
export const PASSWORD_HINT =
  'At least 8 characters, with a lower-case letter, an upper-case letter and a digit.';
