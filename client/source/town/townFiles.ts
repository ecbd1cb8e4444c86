/** Of the files that were dropped on a page, which is the map and which the timetable; and what a town made of them is called. */
import { TownFault } from './townFault.ts'

const MAP_END = /\.(osm\.)?pbf$/i
const FEED_END = /\.zip$/i
/** What publishers add to a place's name: a date, or that it is the newest. */
const ADDED = /(-latest|-\d{6,8}|_\d{6,8})$/
const LONGEST_ID = 40

/** Whether a file may be part of a town; others are somebody else's. */
export function isTownFile({ name }: { readonly name: string }): boolean {
  return MAP_END.test(name) || FEED_END.test(name)
}

/** Throws `TownFault` when there is no map among them, or more than one. */
export function sortTownFiles<F extends { readonly name: string }>(
  files: readonly F[],
): { readonly map: F; readonly feed: F | undefined } {
  const maps = files.filter(({ name }) => MAP_END.test(name))
  const feed = files.find(({ name }) => FEED_END.test(name))
  if (maps.length === 0) throw new TownFault('noMap', { name: files.map(({ name }) => name).join(', ') })
  if (maps.length > 1) throw new TownFault('twoMaps', { name: maps.map(({ name }) => name).join(', ') })
  return { map: maps[0], feed }
}

/** `Zürich-latest.osm.pbf` is `zurich`: as `npm run city` takes a name. */
export function townIdOf(fileName: string): string {
  const id = fileName
    .replace(MAP_END, '')
    .toLowerCase()
    .replace(ADDED, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, LONGEST_ID)
  return id === '' ? 'town' : id
}
