/** Does this installation take registrations? The API writes it into the page; the development server cannot know. */
export function isRegistrationOpen(): boolean {
  return document.querySelector('meta[name="chronos-registration"]')?.getAttribute('content') !== 'closed';
}
