/** Why an edit cannot be made, each with the facts that say it; the page has the words in its reader's language, this file in English. */

const refusals = {
  noSuchRow: ({ what, row, rows }) => `there is no ${what} ${row}; the city has ${rows}`,
  noGrid: () => 'this city has no power grid',
  noBuses: () => 'this city has no timetable',
  endsBeforeItBegins: ({ fromS, untilS }) =>
    `it ends ${untilS} s after the beginning, before it begins (${fromS} s)`,
  noHeadBreaker: ({ feeder }) => `feeder ${feeder} has no breaker at its head`,
  nothingThere: ({ what }) => `there is no ${what} in the area`,
  farAway: ({ what, distanceM, mostM }) =>
    `the nearest ${what} is ${distanceM} m away, expected ${mostM} m at most`,
  beyondTransformer: ({ kw, transformer, kva }) =>
    `${kw} kW is more than transformer ${transformer} of ${kva} kVA carries; it needs a transformer of its own`,
  noFeederToTie: ({ feeder }) => `there is no other feeder of the same voltage to tie ${feeder} to`,
  noZoneThere: () => 'no trips begin or end there',
  tooFewThere: ({ what, zone, count }) => `${zone} has only ${count} ${what}`,
  noLaneLeft: ({ link, lanes }) =>
    `link ${link} has ${lanes} ${lanes === 1 ? 'lane' : 'lanes'}, and one must stay open: close the street instead`,
  noLaneForBuses: ({ link }) => `link ${link} has one lane, which cars need: close it to cars instead`,
  noStreetInside: () => 'there is no side street inside the area',
  greenTooShort: ({ greenS, leastS }) =>
    `one of the stages gets ${greenS} s of green, and whoever walks needs ${leastS} s`,
  builtBefore: () => 'streets are built before a typical hour begins, not while they are driven',
  builtForGood: () => 'what is built is there from the beginning and for good',
  notOneWay: ({ link }) => `link ${link} is driven both ways already`,
  cutsOff: () => 'some places could then not be reached, or not be left',
  tooManyLanes: ({ link, lanes, most }) => `link ${link} has ${lanes} lanes, and ${most} are the most`,
  notInDrill: ({ kind }) => `no crew of the drill does ${kind}`,
  timeIsUp: ({ seconds }) => `the ${seconds} seconds for acting are over`,
  noCrewInTime: ({ crew }) => `the crew for ${crew} has no time left for one more`,
  doneAlready: () => 'this is done already',
  notDark: ({ feeder }) => `feeder ${feeder} has supply`,
  noHeadroom: ({ feeder, percent }) => `feeder ${feeder} would be loaded at ${percent} % of its rating`,
  tooManyActs: ({ most }) => `${most} acts are the most`,
  notDone: ({ id }) => `there is no act ${id} to take back`,
  badValue: ({ what, value, due }) => `${what} is ${value}, expected ${due}`,
} as const satisfies Record<string, (facts: Facts) => string>

type Facts = Readonly<Record<string, string | number>>
export type RefusalId = keyof typeof refusals

export interface RefusalOf {
  readonly why: RefusalId
  readonly facts: Facts
}

export function refused(why: RefusalId, facts: Facts = {}): { readonly refused: RefusalOf } {
  return { refused: { why, facts } }
}

/** In English. */
export function wordsOfRefusal({ why, facts }: RefusalOf): string {
  return refusals[why](facts)
}
