/** Feeds as they should not be: the true ones mangled, and what is sent on purpose: bombs, entities, huge numbers, places and times that cannot be. */
import { strToU8, zipSync } from 'fflate'
import { gzipSync } from 'node:zlib'
import type { Dice } from '../fuzz/dice.ts'
import { deepText, mangledBytes, mangledJson, mangledText } from '../fuzz/mangle.ts'
import { gtfsWith, type Sample } from './samples.ts'

const VALUES = [
  'NaN',
  '1e999',
  '-1',
  '0',
  '-0.0',
  '999',
  '1e-320',
  '18446744073709551616',
  '0x10',
  '',
  '1970-01-01T00:00:00Z',
  '2100-01-01T00:00:00Z',
  '9999-99-99T99:99:99Z',
  '4102444800',
  '99:99:99',
  'null',
  '-34.9',
  '-56.2',
]
const ZEROS = new Uint8Array(1_000_000)
/** Most cases are cheap; a bomb takes a hundred times as long. */
const BOMBS_ONE_IN = 300

export function brokenFeed(dice: Dice, { format, name, bytes }: Sample): { name: string; bytes: Uint8Array } {
  if (dice.once(BOMBS_ONE_IN)) return bombOf(dice, name)
  if (format === 'gtfs' && dice.below(4) > 0)
    return { name, bytes: gtfsWith(dice.below(7), (text) => brokenText(dice, text)) }
  if (format === 'gtfsRealtime')
    return { name, bytes: dice.once(3) ? longNumbers(dice, bytes) : mangledBytes(dice, bytes) }
  if (dice.once(4)) return { name, bytes: mangledBytes(dice, bytes) }
  const text = new TextDecoder().decode(bytes)
  if (name.endsWith('json') && dice.once(2)) {
    const value: unknown = JSON.parse(text)
    return { name, bytes: strToU8(JSON.stringify(mangledJson(dice, value)) ?? '') }
  }
  return { name, bytes: strToU8(brokenText(dice, text)) }
}

function brokenText(dice: Dice, text: string): string {
  switch (dice.below(4)) {
    case 0:
      return mangledText(dice, text)
    case 1:
      return withEntities(dice, text)
    default: {
      // one of its numbers or times becomes another
      const numbers = [...text.matchAll(/-?\d[\d.:T+-]*/g)]
      if (numbers.length === 0) return text
      const { 0: number, index } = dice.pick(numbers)
      return text.slice(0, index) + dice.pick(VALUES) + text.slice(index + number.length)
    }
  }
}

/** The document type and the entities by which an XML reader is made to read files, or to grow. */
function withEntities(dice: Dice, text: string): string {
  if (!text.trimStart().startsWith('<')) return text + text
  const kind = dice.pick([
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE a [<!ENTITY x "lol"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;">]>',
    '',
  ])
  const body = text.replace(/^<\?[^>]*\?>/, '')
  return kind + body.replace(/>([^<]+)</, dice.once(2) ? '>&x;<' : '>&#x0;<')
}

/** Varints longer than any number, and lengths beyond the end, somewhere in it. */
function longNumbers(dice: Dice, bytes: Uint8Array): Uint8Array {
  const at = dice.below(bytes.length + 1)
  const number = new Uint8Array(1 + dice.below(12)).fill(0xff)
  if (dice.once(2)) number[number.length - 1] = 0x7f
  const longer = new Uint8Array(bytes.length + number.length)
  longer.set(bytes.subarray(0, at))
  longer.set(number, at)
  longer.set(bytes.subarray(at), at + number.length)
  return longer
}

function bombOf(dice: Dice, name: string): { name: string; bytes: Uint8Array } {
  switch (dice.below(4)) {
    case 0:
      return { name, bytes: zipSync({ 'stops.txt': ZEROS, 'trips.txt': ZEROS }) }
    case 1:
      return { name, bytes: gzipSync(ZEROS) }
    case 2:
      return { name, bytes: strToU8(deepText(1000 + dice.below(20_000))) }
    default:
      return { name, bytes: strToU8('<a>'.repeat(1000 + dice.below(20_000))) }
  }
}
