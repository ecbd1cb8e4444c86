/** Which of the files that are dropped is which, and what their town is called. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { townOf } from '../../../../client/source/serverless.ts'
import { isTownFile, sortTownFiles, townIdOf } from '../../../../client/source/town/townFiles.ts'
import { TOWN_ID } from '../../../../client/source/town/townName.ts'

const named = (...names: string[]) => names.map((name) => ({ name }))

it.each([
  ['monaco.osm.pbf', 'monaco'],
  ['monaco-latest.osm.pbf', 'monaco'],
  ['Zürich-260811.osm.pbf', 'zurich'],
  ['St. John’s.PBF', 'st-john-s'],
  ['2024.osm.pbf', 'town'],
  ['北京.osm.pbf', 'town'],
])('a town of %s is called %s', (name, id) => {
  expect(townIdOf(name)).toBe(id)
})

it('whatever a file is called, its town has a name that an address and the command take', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      expect(townIdOf(`${name}.osm.pbf`)).toMatch(TOWN_ID)
    }),
  )
})

it('maps and timetables are taken, recordings are left to whoever opens them', () => {
  expect(named('a.osm.pbf', 'b.pbf', 'c.zip', 'd.citytwin', 'pbf').filter(isTownFile)).toEqual(
    named('a.osm.pbf', 'b.pbf', 'c.zip'),
  )
})

it('a map is a town, with or without its timetable, in any order', () => {
  expect(sortTownFiles(named('feed.zip', 'town.osm.pbf'))).toEqual({
    map: { name: 'town.osm.pbf' },
    feed: { name: 'feed.zip' },
  })
  expect(sortTownFiles(named('town.osm.pbf')).feed).toBeUndefined()
})

it.each([
  [['feed.zip'], 'noMap'],
  [['a.osm.pbf', 'b.osm.pbf'], 'twoMaps'],
] as const)('%j is refused as %s', (names, kind) => {
  expect(() => sortTownFiles(named(...names))).toThrow(kind)
})

it('only the planner’s face has towns of its reader’s own', () => {
  expect(townOf({ pathname: '/city/plan', search: '?town=monaco' })).toBe('monaco')
  expect(townOf({ pathname: '/', search: '?town=monaco' })).toBeUndefined()
  expect(townOf({ pathname: '/plan', search: '?town=../x' })).toBeUndefined()
  expect(townOf({ pathname: '/plan', search: '' })).toBeUndefined()
})
