/** Why an event of a file cannot be taken, in words that go on with its name. */
export class NotTaken extends Error {
  override readonly name = 'NotTaken';
}
