/** What walls show: told by a desk, kept for screens that come, stepped by the host, held for alarms and hands. */
import { expect, test } from 'vitest'
import { Walls } from '../../../server/hub/walls.ts'
import type { TouchWall, WallShow, WallStop } from '../../../twin/protocol/wallMessages.ts'

const screen = { cols: 2, rows: 1, col: 0, row: 0, widthPx: 1920, heightPx: 1080 }
const stopAt = (text: string, lng: number): WallStop => ({
  text,
  camera: { lng, lat: -34.9, zoom: 13, bearing: 0, pitch: 0 },
})
const port = stopAt('The port', -56.21)
const park = stopAt('The park', -56.17)

function makeWalls() {
  const world = { nowMs: 1000, isAlarmUp: false, told: [] as WallShow[] }
  const walls = new Walls({
    nowMs: () => world.nowMs,
    isAlarmUp: () => world.isAlarmUp,
    tell: (show) => world.told.push(show),
  })
  const showNow = () => walls.join('looker', { name: 'main', screen })
  /** Lets time pass as the host does, a quarter of a second at a time. */
  const pass = (seconds: number) => {
    for (let i = 0; i < seconds * 4; i++) {
      world.nowMs += 250
      walls.step()
    }
  }
  return { walls, world, showNow, pass }
}

test('a screen that comes later is told what the others show', () => {
  const { walls, showNow } = makeWalls()
  walls.join('a', { name: 'main', screen })
  walls.steer({ name: 'main', act: 'look', camera: port.camera, layers: ['traffic'] })
  walls.steer({ name: 'main', act: 'dress', theme: 'day' })
  walls.steer({ name: 'main', act: 'moment', timeMs: 5 })
  expect(showNow()).toMatchObject({
    moves: [{ to: port.camera }],
    layers: ['traffic'],
    theme: 'day',
    timeMs: 5,
  })
  walls.steer({ name: 'main', act: 'moment' })
  expect(showNow().timeMs).toBeUndefined()
})

test('the past stands still, or runs from one instant on for all screens, until another moment is told', () => {
  const { walls, world, showNow } = makeWalls()
  walls.steer({ name: 'main', act: 'moment', timeMs: 5, speed: 60 })
  expect(showNow().run?.speed).toBe(60)
  expect(showNow().run?.sinceMs).toBeGreaterThan(world.nowMs)
  walls.steer({ name: 'main', act: 'moment', timeMs: 7 })
  expect(showNow()).toMatchObject({ timeMs: 7, run: undefined })
  walls.steer({ name: 'main', act: 'moment', speed: 60 })
  expect(showNow()).toMatchObject({ timeMs: undefined, run: undefined })
})

test('a move begins once all have heard of it', () => {
  const { walls, world } = makeWalls()
  walls.steer({ name: 'main', act: 'look', camera: port.camera })
  expect(world.told[0].moves[0].atMs).toBeGreaterThan(world.nowMs)
})

test('a screen is of one wall, until its line is lost; walls without screens are not listed', () => {
  const { walls } = makeWalls()
  walls.join('a', { name: 'main', screen })
  walls.join('a', { name: 'hall', screen })
  expect(walls.list().map(({ name }) => name)).toEqual(['hall'])
  walls.left('a')
  expect(walls.list()).toEqual([])
})

test('nothing runs by itself until it is asked for', () => {
  const { world, pass } = makeWalls()
  pass(600)
  expect(world.told).toEqual([])
})

test('a director shows each view for its time and begins again; each camera move is at least a dwell after the one before', () => {
  const { walls, world, pass, showNow } = makeWalls()
  walls.steer({ name: 'main', act: 'direct', views: [port, park], dwellS: 20 })
  expect(showNow().programme).toMatchObject({ kind: 'director', index: 0, count: 2, text: 'The port' })
  pass(120)
  const moves = [...new Set(world.told.map(({ moves }) => moves.at(-1)!.atMs))]
  expect(moves).toHaveLength(7)
  for (let i = 1; i < moves.length; i++) expect(moves[i] - moves[i - 1]).toBeGreaterThanOrEqual(20_000)
})

test('a director is held while an alarm waits, says so, and goes on after it', () => {
  const { walls, world, pass, showNow } = makeWalls()
  walls.steer({ name: 'main', act: 'direct', views: [port, park], dwellS: 20 })
  pass(5)
  world.isAlarmUp = true
  pass(120)
  expect(showNow().programme).toMatchObject({ index: 0, held: 'alarm', nextMs: undefined })
  world.isAlarmUp = false
  pass(19)
  expect(showNow().programme).toMatchObject({ index: 0, held: undefined })
  pass(2)
  expect(showNow().programme).toMatchObject({ index: 1 })
})

test('a hand on the wall holds it for three minutes', () => {
  const { walls, pass, showNow } = makeWalls()
  walls.steer({ name: 'main', act: 'direct', views: [port, park], dwellS: 20 })
  walls.touch({ name: 'main', act: 'hold' })
  pass(179)
  expect(showNow().programme).toMatchObject({ index: 0, held: 'hand' })
  pass(22)
  expect(showNow().programme).toMatchObject({ index: 1, held: undefined })
})

test('a hand does not end that an alarm holds it', () => {
  const { walls, world, pass, showNow } = makeWalls()
  walls.steer({ name: 'main', act: 'direct', views: [port, park], dwellS: 20 })
  world.isAlarmUp = true
  pass(1)
  walls.touch({ name: 'main', act: 'hold' })
  expect(showNow().programme?.held).toBe('alarm')
})

test('a story is told once, and the director goes on where it was', () => {
  const { walls, pass, showNow } = makeWalls()
  walls.steer({ name: 'main', act: 'direct', views: [port, park], dwellS: 60 })
  const stops = [stopAt('Uno', -56.1), stopAt('Dos', -56.2)]
  walls.touch({ name: 'main', act: 'tell', language: 'es', stops, stopS: 15 })
  expect(showNow().programme).toMatchObject({ kind: 'story', language: 'es', index: 0, text: 'Uno' })
  pass(16)
  expect(showNow().programme).toMatchObject({ kind: 'story', index: 1 })
  pass(15)
  const { programme, moves } = showNow()
  expect(programme).toMatchObject({ kind: 'director', index: 0 })
  expect(moves.at(-1)?.to).toEqual(port.camera)
})

test('an alarm ends a story, and so does who listens', () => {
  const { walls, world, pass, showNow } = makeWalls()
  const story: TouchWall = { name: 'main', act: 'tell', language: 'en', stops: [port, park], stopS: 15 }
  walls.touch(story)
  world.isAlarmUp = true
  pass(1)
  expect(showNow().programme).toBeUndefined()
  world.isAlarmUp = false
  walls.touch(story)
  walls.touch({ name: 'main', act: 'stop' })
  expect(showNow().programme).toBeUndefined()
})

test('while an alarm waits no story begins', () => {
  const { walls, world, showNow } = makeWalls()
  world.isAlarmUp = true
  expect(() => walls.touch({ name: 'main', act: 'tell', language: 'en', stops: [port], stopS: 15 })).toThrow(
    'an alarm waits',
  )
  expect(showNow().programme).toBeUndefined()
})

test('looking somewhere by hand ends what runs by itself', () => {
  const { walls, pass, world, showNow } = makeWalls()
  walls.steer({ name: 'main', act: 'direct', views: [port, park], dwellS: 20 })
  walls.steer({ name: 'main', act: 'look', camera: park.camera })
  expect(showNow().programme).toBeUndefined()
  const count = world.told.length
  pass(60)
  expect(world.told).toHaveLength(count)
})

test('keeps no more names than it has room for, and forgets those that are dark first', () => {
  const { walls } = makeWalls()
  for (let i = 0; i < 300; i++) walls.steer({ name: `w${i}`, act: 'dress', theme: 'day' })
  for (let i = 0; i < 100; i++) walls.join(`s${i}`, { name: `on${i}`, screen })
  expect(walls.list()).toHaveLength(100)
  expect(() => walls.join('one more', { name: 'another', screen })).toThrow('walls are on already')
})
