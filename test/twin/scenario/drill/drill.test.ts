/** The drill's laws: nothing done saves nothing, a game is its acts, and a file that claims what does not come is found out. */
import { beforeAll, describe, expect, test } from 'vitest'
import type { SavedState } from '../../../../twin/kernel/domain.ts'
import { parseDrill, writeDrill, type Drill } from '../../../../twin/scenario/drill/document.ts'
import { makeDrill, type DrillGame } from '../../../../twin/scenario/drill/game.ts'
import { offersOf } from '../../../../twin/scenario/drill/offers.ts'
import { replayDrill } from '../../../../twin/scenario/drill/replay.ts'
import { ACT_S, largestSubstation, SOLVE_EVERY_S, WHOLE_S } from '../../../../twin/scenario/drill/rules.ts'
import { savedOf } from '../../../../twin/scenario/drill/score.ts'
import type { ScenarioEdit } from '../../../../twin/scenario/edits.ts'
import { createTwin, type Twin } from '../../../../twin/twin.ts'
import { smallCity } from '../../../fixtures/smallCity.ts'

const city = smallCity()
const facts = {
  seed: 5,
  startMs: Date.UTC(2024, 2, 12, 21, 10),
  utcOffsetS: -3 * 3600,
  solveEveryS: SOLVE_EVERY_S,
}
const LOST = 0
let begun: SavedState
let idle: DrillGame
let game: DrillGame
let file: Drill

beforeAll(() => {
  const twin = createTwin(city, facts)
  twin.advance(60)
  begun = twin.save()
  idle = newGame()
  while (!idle.isOver()) idle.step()
  game = newGame()
  stepTo(game, 40)
  for (const { edits, refused } of offersOf(game).filter((offer) => offer.crew !== 'streets'))
    if (refused === undefined)
      edits.forEach((edit, i) => game.act({ ...edit, id: `a${game.acts.length + i}` }))
  stepTo(game, 300)
  expect(game.undo(game.work()[0].edit.id)).toBeUndefined()
  stepTo(game, 301)
  expect(game.act({ ...game.work()[0].edit, id: 'again' })).toBeUndefined()
  stepTo(game, WHOLE_S)
  file = {
    citytwin: 'drill',
    version: 1,
    base: { city: 'small', data: '0123456789ab', model: '1', seed: 5, begin: '2024-03-12T18:10:00-03:00' },
    lost: { kind: 'substationOut', substation: LOST },
    acts: game.acts,
    score: game.score(),
  }
})

function fork(): Twin {
  const twin = createTwin(city, facts)
  twin.load(begun)
  return twin
}

function newGame(): DrillGame {
  return makeDrill({ base: fork(), played: fork() }, LOST)
}

function stepTo(one: DrillGame, doneS: number): void {
  while (one.doneS() < doneS) one.step()
}

function verdictOf(drill: Drill) {
  const again = newGame()
  const replay = replayDrill(again, drill)
  while (!again.isOver()) replay.step()
  return { verdict: replay.verdict(), again }
}

describe('a drill', () => {
  test('in which nothing is done saves nothing, and both cities stay the same', () => {
    expect(savedOf(idle.score())).toEqual({ customerMinutes: 0, vehicleHours: 0 })
    expect(idle.twins.played.hash()).toBe(idle.twins.base.hash())
    expect(idle.score().customerMinutes.base).toBeGreaterThan(0)
  })

  test('in which feeders are tied leaves fewer without supply than doing nothing', () => {
    expect(game.acts.length).toBeGreaterThan(3)
    expect(savedOf(game.score()).customerMinutes).toBeGreaterThan(0)
    expect(game.score().customerMinutes.base).toBe(idle.score().customerMinutes.base)
  })

  test('is its acts: played again from its file, the same bytes and the same score come', () => {
    const { verdict, again } = verdictOf(parseDrill(writeDrill(file)))
    expect(verdict).toEqual({ isTrue: true, claimed: file.score, came: file.score, refused: [] })
    expect(again.twins.played.hash()).toBe(game.twins.played.hash())
  })

  test('whose file claims another score, or does something else, is found out', () => {
    const { customerMinutes } = file.score
    const better = {
      ...file.score,
      customerMinutes: { ...customerMinutes, played: customerMinutes.played - 1 },
    }
    expect(verdictOf({ ...file, score: better }).verdict.isTrue).toBe(false)
    expect(verdictOf({ ...file, acts: file.acts.slice(1) }).verdict.isTrue).toBe(false)
    const later = file.acts.map((act) => ('undo' in act ? act : { ...act, atS: act.atS + 7 }))
    expect(verdictOf({ ...file, acts: later }).verdict.isTrue).toBe(false)
  })

  test('offers only what can be done, or says why not', () => {
    const one = newGame()
    stepTo(one, 5)
    const offers = offersOf(one)
    for (const crew of ['grid', 'customers', 'buses'])
      expect(offers.map((offer) => offer.crew as string)).toContain(crew)
    for (const { edits, refused } of offers) {
      const fresh = newGame()
      stepTo(fresh, 5)
      const answers = edits.map((edit, i) => fresh.act({ ...edit, id: `b${i}` }))
      expect(answers.find((answer) => answer !== undefined)?.why).toBe(refused?.why)
    }
  })

  test('refuses with a reason: what no crew does, what is done already, ties where there is supply, and anything once time is up', () => {
    const one = newGame()
    stepTo(one, 2)
    const closing: ScenarioEdit = { kind: 'closeToCars', id: 'x', links: [3] }
    expect(one.act({ kind: 'storm', id: 's', gustMps: 30 })?.why).toBe('notInDrill')
    expect(one.act({ kind: 'closeTie', id: 't', feeder: 2, to: 1 })?.why).toBe('notDark')
    expect(one.act({ kind: 'closeToCars', id: 'y', links: [99_999] })?.why).toBe('noSuchRow')
    expect(one.act(closing)).toBeUndefined()
    expect(one.act({ ...closing, id: 'z' })?.why).toBe('doneAlready')
    expect(one.undo('nothing')?.why).toBe('notDone')
    stepTo(one, ACT_S - 60)
    expect(one.act({ kind: 'closeToCars', id: 'w', links: [4] })?.why).toBe('noCrewInTime')
    stepTo(one, ACT_S)
    expect(one.act({ kind: 'signalPlan', id: 'v', signal: 1, cycleS: 80, mainGreenShare: 0.5 })?.why).toBe(
      'timeIsUp',
    )
    expect(one.undo('x')?.why).toBe('timeIsUp')
  })

  test('is of the substation that supplies most, unless another is asked for', () => {
    expect(largestSubstation(city)).toBe(0)
    expect(largestSubstation({ ...city, grid: undefined })).toBeUndefined()
  })
})
