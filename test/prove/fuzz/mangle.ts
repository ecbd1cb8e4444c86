/** What goes wrong with words, numbers and bytes on purpose: cut, doubled, turned over, of another type, too deep, too large. */
import type { Dice } from './dice.ts'

const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', '', '\0', 'stream', 'kind']
const numbers = [
  0,
  -0,
  -1,
  0.5,
  1e300,
  -1e300,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  Number.MAX_VALUE,
  NaN,
  Infinity,
  5e-324,
]
const texts = [
  '',
  'live',
  'x'.repeat(5000),
  '\0',
  '\ud800',
  '../../etc/passwd',
  '%00',
  "'; DROP TABLE requests; --",
  '💡'.repeat(70),
  ...names,
]

/** Bytes as they might arrive from a stranger. Never longer than twice what they were and a little. */
export function mangledBytes(dice: Dice, given: Uint8Array): Uint8Array {
  // a copy: what a Buffer slices shares its memory
  const bytes = new Uint8Array(given)
  const broken = new Uint8Array(given)
  switch (dice.below(6)) {
    case 0:
      return bytes.slice(0, dice.below(bytes.length + 1))
    case 1: {
      const more = new Uint8Array(bytes.length + 1 + dice.below(64))
      more.set(bytes)
      for (let at = bytes.length; at < more.length; at++) more[at] = dice.below(256)
      return more
    }
    case 2: {
      // a piece of it comes twice
      const from = dice.below(bytes.length + 1)
      const piece = bytes.subarray(from, from + dice.below(bytes.length - from + 1))
      const doubled = new Uint8Array(bytes.length + piece.length)
      doubled.set(bytes)
      doubled.set(piece, bytes.length)
      return doubled
    }
    case 3: {
      if (broken.length === 0) return broken
      const at = dice.below(broken.length)
      broken.fill(dice.pick([0, 0xff, 0x80, 0x7f]), at, at + 1 + dice.below(8))
      return broken
    }
    default: {
      if (broken.length === 0) return broken
      for (let flip = dice.below(4); flip >= 0; flip--)
        broken[dice.below(broken.length)] ^= 1 << dice.below(8)
      return broken
    }
  }
}

export function mangledText(dice: Dice, text: string): string {
  const at = dice.below(text.length + 1)
  switch (dice.below(6)) {
    case 0:
      return text.slice(0, at)
    case 1:
      return text.slice(0, at) + dice.pick(texts) + text.slice(at)
    case 2:
      return text.slice(0, at) + String.fromCharCode(dice.below(0x10000)) + text.slice(at + 1)
    case 3:
      return text + text.slice(at)
    case 4:
      return text.slice(at)
    default:
      return text.replace(/\d+/, String(dice.pick(numbers)))
  }
}

/** Any value that JSON can hold. */
export function anyJson(dice: Dice, depth = 4): unknown {
  switch (dice.below(depth > 0 ? 7 : 5)) {
    case 0:
      return dice.pick(numbers)
    case 1:
      return dice.pick(texts)
    case 2:
      return dice.once(2)
    case 3:
      return null
    case 4:
      return dice.below(1e9)
    case 5:
      return Array.from({ length: dice.below(6) }, () => anyJson(dice, depth - 1))
    default:
      // as JSON.parse makes it, so that __proto__ is a name like any other
      return Object.fromEntries(
        Array.from({ length: dice.below(5) }, () => [dice.pick(names), anyJson(dice, depth - 1)]),
      )
  }
}

/** A value of which one part, at any depth, is not what it was. */
export function mangledJson(dice: Dice, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || dice.once(5)) return anyJson(dice)
  if (Array.isArray(value)) {
    const list: unknown[] = [...(value as unknown[])]
    if (list.length === 0 || dice.once(4)) return [...list, anyJson(dice)]
    const at = dice.below(list.length)
    list[at] = mangledJson(dice, list[at])
    return list
  }
  const entries = Object.entries(value)
  if (entries.length === 0 || dice.once(5))
    return Object.fromEntries([...entries, [dice.pick(names), anyJson(dice)]])
  const at = dice.below(entries.length)
  if (dice.once(4)) entries.splice(at, 1)
  else entries[at] = [entries[at][0], mangledJson(dice, entries[at][1])]
  return Object.fromEntries(entries)
}

/** `depth` lists in one another, as text; no parser of ours may go down with them. */
export function deepText(depth: number): string {
  return '['.repeat(depth) + ']'.repeat(depth)
}
