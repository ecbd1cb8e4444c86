/**
 * Who reaches what in a run: jobs, clinics and schools on foot and by bus, everybody from a fire station, and known places from
 * the middle of the city by car. From the times that links took in the mean of the run, as informed drivers knew them.
 */
import { residentsOf, type City } from '../../city.ts'
import { dayOfWeek, secondOfDay, TICKS_PER_S } from '../../kernel/clock.ts'
import { dayBits, type Timetable } from '../../transit/timetable.ts'
import type { Twin } from '../../twin.ts'
import { drivingTimes, waysOf } from './driving.ts'
import { FIRE_S, REACH_S, type PlacePair, type ReachValues } from './measures.ts'
import type { Places } from './places.ts'
import { makeRider, type LineTimes } from './riding.ts'

// Seconds between two looks at the times of links.
const LOOK_S = 60
// The hour over which buses are counted.
const HOUR_S = 3600
const SATURDAY = 5
const SUNDAY = 6

export interface ReachMeter {
  /** To be called after every second of the run. */
  look(): void
  /** Of the run so far. */
  values(): ReachValues
}

/** What is the same for all runs of a city. */
export type ReachWorld = ReturnType<typeof makeReachWorld>

export function makeReachWorld(city: City, places: Places) {
  return {
    places,
    ways: waysOf(city.network),
    rider: makeRider(city.timetable, city.zones.zones),
    residents: residentsOf(city),
  }
}

/** Measures what happens to `twin` from now on. */
export function meterReach(twin: Twin, world: ReachWorld): ReachMeter {
  const { city, clock, traffic } = twin
  const links = traffic.links.rows
  const sumTicks = new Float64Array(links)
  const shut = { cars: new Float64Array(links), buses: new Float64Array(links) }
  const beginS = secondOfDay(clock)
  const day = dayOfWeek(clock)
  const beginTick = clock.tick
  let looks = 0
  const lookNow = () => {
    const { closedToCars, closedToBuses, state } = traffic.world
    looks++
    for (let link = 0; link < links; link++) {
      sumTicks[link] += state.linkTicks[link]
      shut.cars[link] += closedToCars[link]
      shut.buses[link] += closedToBuses[link]
    }
  }
  return {
    look() {
      if (((clock.tick - beginTick) / TICKS_PER_S) % LOOK_S === 0) lookNow()
    },
    values() {
      if (looks === 0) lookNow()
      const isShut = (of: Float64Array, link: number) => of[link] > looks / 2
      const meanS = Float64Array.from(sumTicks, (sum) => sum / looks / TICKS_PER_S)
      const carS = meanS.map((s, link) => (isShut(shut.cars, link) ? Infinity : s))
      const busS = meanS.map((s, link) => (isShut(shut.buses, link) ? Infinity : s))
      const lines = city.timetable && linesOf(twin, city.timetable, world, busS, beginS, day)
      return {
        measures: { ...byBus(city, world, lines), ...byEngine(city, world, carS) },
        pairs: byCar(world, carS),
      }
    },
  }
}

function byCar({ places, ways }: ReachWorld, carS: Float64Array): PlacePair[] {
  const { centre, known } = places
  if (known.length === 0) return []
  const fromCentreS = drivingTimes(ways, carS, [centre])
  return known.flatMap(({ name, kind, node }) => [
    { name, kind, isTowards: true, s: fromCentreS[node] },
    { name, kind, isTowards: false, s: drivingTimes(ways, carS, [node])[centre] },
  ])
}

function byEngine({ zones: { zones } }: City, { places, ways, residents }: ReachWorld, carS: Float64Array) {
  if (places.fireStations.length === 0 || residents === 0) return {}
  const timeS = drivingTimes(ways, carS, places.fireStations)
  const ofZone = Array.from(places.zoneNode, (node, zone) => ({
    s: node < 0 ? Infinity : timeS[node],
    residents: zones.residents[zone],
  })).sort((a, b) => a.s - b.s)
  let sum = 0
  let fireMedianS = ofZone.at(-1)!.s
  let inTime = 0
  for (const { s, residents: count } of ofZone) {
    if (sum < residents / 2 && sum + count >= residents / 2) fireMedianS = s
    sum += count
    if (s <= FIRE_S) inTime += count
  }
  return { fireMedianS, fireInTimeRatio: inTime / residents }
}

function byBus(
  { zones: { zones } }: City,
  { places, rider, residents }: ReachWorld,
  lines: LineTimes | undefined,
) {
  if (residents === 0) return {}
  const { clinics, schools } = places
  const sums = { jobs: 0, clinics: 0, schools: 0 }
  const none: LineTimes = {
    headwayS: new Float64Array(0),
    rideS: new Float64Array(0),
    isLeftOut: new Uint8Array(0),
  }
  for (let zone = 0; zone < zones.xM.length; zone++) {
    if (zones.residents[zone] === 0) continue
    const timeS = rider.timesFrom(zone, lines ?? none)
    for (let to = 0; to < timeS.length; to++) {
      if (timeS[to] > REACH_S) continue
      sums.jobs += zones.residents[zone] * zones.jobs[to]
      sums.clinics += zones.residents[zone] * clinics[to]
      sums.schools += zones.residents[zone] * schools[to]
    }
  }
  const hasAny = (counts: Uint16Array) => counts.some((count) => count > 0)
  return {
    reachJobs: sums.jobs / residents,
    ...(hasAny(clinics) && { reachClinics: sums.clinics / residents }),
    ...(hasAny(schools) && { reachSchools: sums.schools / residents }),
  }
}

/** The lines of the hour in which a run begins, at the times that its streets took. */
function linesOf(
  { transit }: Twin,
  timetable: Timetable,
  { ways }: ReachWorld,
  busS: Float64Array,
  beginS: number,
  day: number,
): LineTimes {
  const { patterns, patternLinks, patternStops, stops, trips } = timetable
  const bit = day === SUNDAY ? dayBits.sunday : day === SATURDAY ? dayBits.saturday : dayBits.weekday
  const count = new Float64Array(patterns.route.length)
  trips.pattern.forEach((pattern, trip) => {
    const afterS = trips.departureS[trip] - beginS
    if ((trips.days[trip] & bit) !== 0 && afterS >= 0 && afterS < HOUR_S) count[pattern]++
  })
  const { headwayFactor, stopClosed } = transit.knobs
  const headwayS = count.map((buses, pattern) =>
    buses === 0 ? Infinity : (HOUR_S / buses) * headwayFactor[patterns.route[pattern]],
  )
  const roundS = new Map<number, number>()
  /** What a link takes, or the quickest way round it where no bus may enter. */
  const timeOf = (link: number, before: number): number => {
    if (busS[link] !== Infinity) return busS[link]
    const known = roundS.get(link)
    if (known !== undefined) return known
    const fromNode = before < 0 ? -1 : ways.toNode[before]
    const s = fromNode < 0 ? 0 : drivingTimes(ways, busS, [fromNode])[ways.toNode[link]]
    roundS.set(link, s)
    return s
  }
  const rideS = new Float64Array(patternStops.stop.length)
  for (let pattern = 0; pattern < patterns.route.length; pattern++) {
    if (headwayS[pattern] === Infinity) continue
    const path = patternLinks.link.subarray(
      patterns.firstLink[pattern],
      patterns.firstLink[pattern] + patterns.linkCount[pattern],
    )
    const first = patterns.firstStop[pattern]
    for (let i = first + 1; i < first + patterns.stopCount[pattern]; i++) {
      let s = patternStops.departureS[i] - patternStops.arrivalS[i]
      for (let at = patternStops.pathIndex[i - 1]; at < patternStops.pathIndex[i]; at++)
        s += timeOf(path[at], at === 0 ? -1 : path[at - 1])
      rideS[i] = s
    }
  }
  const isLeftOut = Uint8Array.from(stops.link, (link, stop) =>
    stopClosed[stop] !== 0 || busS[link] === Infinity ? 1 : 0,
  )
  return { headwayS, rideS, isLeftOut }
}
