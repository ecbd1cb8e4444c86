/** A refusal that will pass: the page keeps what it said and says it again. */
export class TryAgainError extends Error {
  constructor(sentence: string, cause?: Error) {
    super(sentence, { cause })
  }
}
