/**
 * Counter-based random numbers: a value depends only on the seed and the counters given, never on the order of calls,
 * so a fork, a replay and another engine draw the same.
 */

/** 32 well-mixed bits from a seed and up to three counters (the finaliser of MurmurHash3 over each). */
export function randomBits(seed: number, a: number, b = 0, c = 0): number {
  let h = mix(seed ^ 0x9e3779b9)
  h = mix(h ^ a)
  h = mix((h + 0x7f4a7c15) ^ b)
  h = mix((h + 0x1b873593) ^ c)
  return h >>> 0
}

/** A number in [0, 1) from a seed and up to three counters. */
export function randomUnit(seed: number, a: number, b = 0, c = 0): number {
  return randomBits(seed, a, b, c) / 4294967296
}

/** A whole number in [0, below). */
export function randomIndex(below: number, seed: number, a: number, b = 0, c = 0): number {
  return Math.floor(randomUnit(seed, a, b, c) * below)
}

function mix(x: number): number {
  let h = x | 0
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  h ^= h >>> 16
  return h
}
