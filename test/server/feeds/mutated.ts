/** Bytes of a valid document with some of them changed, cut out, doubled or put in: what broken and hostile senders send. */
import fc from 'fast-check'

/** The largest number of protocol buffers. */
const MOST_VARINT = '\u00ff'.repeat(9) + '\u0001'

const edit = fc.record({
  // of a thousand parts; doubles would nearly all be close to 0
  at: fc.nat(999),
  remove: fc.nat(12),
  put: fc.oneof(
    fc.uint8Array({ maxLength: 12 }),
    fc
      .constantFrom('\u0000', MOST_VARINT, '"', ',', '\n', '-1', 'NaN')
      .map((text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))),
  ),
})

/** One to four edits of one of `documents`. */
export function mutated(documents: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const edits = fc.array(edit, { minLength: 1, maxLength: 4 })
  return fc.tuple(fc.constantFrom(...documents), edits).map(([document, edits]) =>
    edits.reduce((bytes, { at, remove, put }) => {
      const from = Math.floor((at / 1000) * bytes.length)
      const rest = bytes.subarray(from + remove)
      const all = new Uint8Array(from + put.length + rest.length)
      all.set(bytes.subarray(0, from))
      all.set(put, from)
      all.set(rest, from + put.length)
      return all
    }, document),
  )
}
