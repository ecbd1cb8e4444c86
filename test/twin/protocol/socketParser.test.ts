/** Packets come back as they were written; a frame is its own bytes; nonsense throws and does nothing else. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hostParser, pageParser, parseText, type Packet } from '../../../twin/protocol/socketParser.ts'

const json = fc.jsonValue()
const packets: fc.Arbitrary<Packet> = fc.oneof(
  fc.record({ type: fc.constant(0), nsp: fc.constant('/') }),
  fc.record({ type: fc.constant(0), nsp: fc.constant('/'), data: fc.dictionary(fc.string(), json) }),
  fc.record({ type: fc.constant(1), nsp: fc.constant('/') }),
  fc.record(
    {
      type: fc.constant(2),
      nsp: fc.constant('/'),
      data: fc.tuple(fc.constantFrom('ack', 'welcome', '4', 'x y'), json),
      id: fc.nat(),
    },
    { requiredKeys: ['type', 'nsp', 'data'] },
  ),
  fc.record({ type: fc.constant(3), nsp: fc.constant('/'), data: fc.array(json), id: fc.nat() }),
)

/** What comes out at the other end, through JSON where it goes through JSON. */
function received(parser: typeof hostParser, message: unknown): Packet[] {
  const heard: Packet[] = []
  const decoder = new parser.Decoder()
  decoder.on('decoded', (packet) => heard.push(packet))
  decoder.add(message)
  return heard
}

test('every packet comes back', () => {
  fc.assert(
    fc.property(packets, (packet) => {
      const messages = new pageParser.Encoder().encode(packet)
      expect(messages.length).toBe(1)
      const plain: unknown = JSON.parse(JSON.stringify(packet))
      expect(received(hostParser, messages[0])).toEqual([plain])
    }),
  )
})

test('a frame is one message, its bytes and nothing else', () => {
  const bytes = Uint8Array.of(1, 2, 3)
  const [message] = new hostParser.Encoder().encode({ type: 2, nsp: '/', data: ['frame', bytes] })
  expect(message).toBe(bytes)
  expect(received(pageParser, bytes)).toEqual([{ type: 2, nsp: '/', data: ['frame', bytes] }])
})

test('a host takes no bytes, and no packet that pretends to be a frame or Socket.IO’s own word', () => {
  expect(() => received(hostParser, Uint8Array.of(1))).toThrow('expected text')
  for (const name of ['frame', 'disconnect', 'connect', 'newListener']) {
    expect(() => parseText(`2["${name}"]`)).toThrow('do not fit')
  }
})

test.each([
  '',
  '9',
  '2',
  '2{}',
  '2[7]',
  '25',
  '1[]',
  '3{}',
  '0[]',
  '2[',
  '2[]x',
  '51-["a"]',
  `2${'1'.repeat(16)}["a"]`,
])('text %j throws', (text) => {
  expect(() => parseText(text)).toThrow()
})

test('any text is a packet or throws', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        expect(parseText(text).nsp).toBe('/')
      } catch (error) {
        expect(error).toBeInstanceOf(Error)
      }
    }),
  )
})
