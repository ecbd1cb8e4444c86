/** Finds streets, places, points of interest, stops and house numbers by what a person types, accents and order forgiven. */
import { foldText } from './foldText.ts'
import { lngLatFromLocal, localFromLngLat, type LngLat, type Projection } from './projection.ts'
import { searchKinds, type SearchTables } from './searchTables.ts'

export interface SearchHit {
  readonly kind: (typeof searchKinds)[number] | 'address'
  readonly name: string
  readonly detail?: string
  readonly lng: number
  readonly lat: number
}

export type Search = (query: string, limit: number, near?: LngLat) => SearchHit[]

interface Found {
  score: number
  entry: number
  /** Row of addresses, or −1. */
  address: number
}

/** A query longer than this is cut, so that a hostile one costs no more than a kind one. */
const MOST_WORDS = 8
/** A house number this far from any known one of the street is no house there. */
const MOST_NUMBERS_OFF = 60
/** A house across the street counts as so many numbers farther off. */
const OTHER_SIDE_NUMBERS = 3
/** How much each kind is worth against another that matches as well; a street of the name is asked for more often than a shop. */
const KIND_SCORE = [6, 8, 3, 2]
/** A hit loses one point for each of so many metres from where the asker is, at most FAR_POINTS. */
const NEAR_STEP_M = 1000
const FAR_POINTS = 12

/** Short forms in everyday use for the first words of street names, by folded word. */
const shortForms: Readonly<Record<string, string>> = {
  avda: 'avenida',
  av: 'avenida',
  bv: 'bulevar',
  bvar: 'bulevar',
  blvr: 'bulevar',
  cno: 'camino',
  dr: 'doctor',
  dra: 'doctora',
  gral: 'general',
  ing: 'ingeniero',
  pza: 'plaza',
  pte: 'presidente',
  cnel: 'coronel',
  st: 'saint',
  ул: 'улица',
  пр: 'проспект',
}

/**
 * An index over the tables. The function it gives returns at most `limit` hits, best first: each word of the query must begin a word
 * of the name; a number may stand for a house, whose nearest known neighbour in the street is given when it is not itself known.
 */
export function makeSearch(tables: SearchTables, projection: Projection): Search {
  const { entries, addresses } = tables
  const folded = entries.name.map(foldText)
  const { words, rows } = indexWords(folded)

  /** Entries in which every word begins a word of the name. */
  function matching(query: readonly string[]): Set<number> {
    let found: Set<number> | undefined
    for (const word of query) {
      const here = new Set<number>()
      for (const form of [word, shortForms[word]]) {
        if (form === undefined) continue
        for (let i = lowerBound(words, form); i < words.length && words[i].startsWith(form); i++) {
          for (const row of rows[i]) if (found === undefined || found.has(row)) here.add(row)
        }
      }
      found = here
    }
    return found ?? new Set()
  }

  function scoreOf(entry: number, query: string, near: LngLat | undefined): number {
    const name = folded[entry]
    let score = KIND_SCORE[entries.kind[entry]]
    if (name === query) score += 40
    else if (name.startsWith(`${query} `)) score += 20
    else if (name.startsWith(query)) score += 12
    else if (` ${name} `.includes(` ${query} `)) score += 10
    score -= name.length / 20
    return score - farPoints(entries.xM[entry], entries.yM[entry], near)
  }

  function farPoints(xM: number, yM: number, near: LngLat | undefined): number {
    if (near === undefined) return 0
    const [nearXM, nearYM] = localFromLngLat(projection, near)
    const awayM = Math.sqrt((xM - nearXM) ** 2 + (yM - nearYM) ** 2)
    return Math.min(FAR_POINTS, awayM / NEAR_STEP_M)
  }

  /** The house of that number, or the one whose number comes nearest, preferring the same side of the street. */
  function houseIn(entry: number, number: number): number {
    const first = entries.firstAddress[entry]
    let best = -1
    let bestGap = Infinity
    for (let i = first; i < first + entries.addressCount[entry]; i++) {
      const gap =
        Math.abs(addresses.number[i] - number) + ((addresses.number[i] ^ number) & 1 ? OTHER_SIDE_NUMBERS : 0)
      if (gap < bestGap) {
        best = i
        bestGap = gap
      }
    }
    return best
  }

  function hitOf({ entry, address }: Found): SearchHit {
    const isHouse = address >= 0
    const at = isHouse ? addresses : entries
    const row = isHouse ? address : entry
    const [lng, lat] = lngLatFromLocal(projection, [at.xM[row], at.yM[row]])
    const name = isHouse ? `${entries.name[entry]} ${addresses.number[address]}` : entries.name[entry]
    const detail = entries.detail[entry]
    const kind = isHouse ? 'address' : searchKinds[entries.kind[entry]]
    return detail === '' || isHouse ? { kind, name, lng, lat } : { kind, name, detail, lng, lat }
  }

  return (query, limit, near) => {
    const asked = foldText(query).split(' ').filter(Boolean).slice(0, MOST_WORDS)
    if (asked.length === 0 || limit <= 0) return []
    const found: Found[] = []
    const whole = asked.join(' ')
    for (const entry of matching(asked))
      found.push({ entry, address: -1, score: scoreOf(entry, whole, near) })
    for (let i = 0; i < asked.length && asked.length > 1; i++) {
      if (!/^\d{1,6}$/.test(asked[i])) continue
      const rest = asked.filter((_, other) => other !== i)
      const street = rest.join(' ')
      for (const entry of matching(rest)) {
        if (entries.addressCount[entry] === 0) continue
        const address = houseIn(entry, Number(asked[i]))
        const off = Math.abs(addresses.number[address] - Number(asked[i]))
        if (off > MOST_NUMBERS_OFF) continue
        const missed = off === 0 ? 0 : 6
        found.push({ entry, address, score: scoreOf(entry, street, near) + 8 - missed })
      }
    }
    found.sort((a, b) => b.score - a.score || a.entry - b.entry || a.address - b.address)
    return found.slice(0, limit).map(hitOf)
  }
}

/** All words in order, and for each the rows that have it. */
function indexWords(folded: readonly string[]): { words: string[]; rows: number[][] } {
  const rowsOf = new Map<string, number[]>()
  folded.forEach((name, row) => {
    for (const word of new Set(name.split(' '))) {
      const rows = rowsOf.get(word)
      if (rows === undefined) rowsOf.set(word, [row])
      else rows.push(row)
    }
  })
  const words = [...rowsOf.keys()].filter(Boolean).sort()
  return { words, rows: words.map((word) => rowsOf.get(word)!) }
}

/** The first word not before `word`. */
function lowerBound(words: readonly string[], word: string): number {
  let low = 0
  let high = words.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (words[middle] < word) low = middle + 1
    else high = middle
  }
  return low
}
