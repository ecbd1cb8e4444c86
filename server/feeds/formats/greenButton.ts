/**
 * Green Button: intervals of electricity meters as ESPI (NAESB REQ.21) in an Atom feed. Blocks of readings are of a MeterReading,
 * whose ReadingType says unit, power of ten and direction; which belongs to which is told by links.
 */
import type { Deviations } from '../deviations.ts'
import { FeedError, headOf, type FeedFormat } from '../format.ts'
import { madeMsOf } from '../made.ts'
import { MeterColumns } from '../meterColumns.ts'
import { numberOf } from '../plausible.ts'
import { childOf, childrenOf, parseXml, textOf, type Element } from '../xml.ts'

/** ESPI's codes of what is read here. */
const UOM_W = '38'
const UOM_WH = '72'
const REVERSE = '19'
/** Registers and sums up to now instead of what an interval took. */
const ACCUMULATED: ReadonlySet<string> = new Set(['1', '3', '9'])
const RESOURCES = new Set(['UsagePoint', 'MeterReading', 'ReadingType', 'IntervalBlock'])
const QUESTIONABLE = '10'
const MOST_POWER_OF_TEN = 12

/** How the numbers of a block are to be read. */
interface ReadingType {
  readonly unit: 'W' | 'Wh'
  readonly scale: number
  /** Of intervals that name no time of their own; NaN: not given. */
  readonly intervalLengthS: number
}

interface Block {
  readonly meterId: string
  readonly type: ReadingType
  readonly element: Element
}

export const greenButton: FeedFormat = {
  title: 'Green Button (ESPI)',
  id: 'greenButton',
  isLike(file) {
    const head = headOf(file)
    return head.startsWith('<') && head.includes('naesb.org/espi')
  },
  read(file, options, deviations) {
    const root = parseXml(file.bytes)
    const entries = root.name === 'entry' ? [root] : childrenOf(root, 'entry')
    const isAny = entries.some((entry) =>
      childOf(entry, 'content')?.children.some(({ name }) => RESOURCES.has(name)),
    )
    if (!isAny)
      throw new FeedError(`${file.name}: ${root.name} came, an Atom feed with IntervalBlocks is due`)
    const blocks = blocksOf(entries, textOf(root, 'id') || file.name, deviations)
    const inEnergy = new Set(blocks.filter(({ type }) => type.unit === 'Wh').map(({ meterId }) => meterId))
    const rows = new MeterColumns(options.nowMs, deviations)
    const net = new Map<string, Net>()
    for (const block of blocks) {
      // a meter's demand in watts says again what its energy says
      if (block.type.unit === 'Wh' || !inEnergy.has(block.meterId)) readBlock(block, net, deviations)
    }
    for (const { meterId, fromS, durationS, powerW } of net.values())
      rows.add(`meter ${meterId}`, meterId, { fromMs: fromS * 1000, durationS, powerW })
    return { madeMs: madeMsOf(textOf(root, 'updated'), options, deviations), meters: rows.columns() }
  },
}

/** Blocks with the types that their links lead to; those that lead nowhere have the only type there is, and are of the meter `alone`. */
function blocksOf(entries: readonly Element[], alone: string, deviations: Deviations): readonly Block[] {
  const types = new Map<string, ReadingType | undefined>()
  const typeOfReading = new Map<string, string>()
  for (const [i, entry] of entries.entries()) {
    const [self = `entry ${i + 1}`] = linksOf(entry, 'self')
    const type = childOf(entry, 'content', 'ReadingType')
    if (type !== undefined) types.set(self, readingTypeOf(type, self, deviations))
    const related = linksOf(entry, 'related').find((path) => path.includes('/ReadingType'))
    if (related !== undefined) typeOfReading.set(self, related)
  }
  const [only] = types.size === 1 ? types.keys() : []
  const blocks: Block[] = []
  for (const [i, entry] of entries.entries()) {
    const reading = readingOf(entry)
    const linked = typeOfReading.get(reading) ?? ''
    const path = types.has(linked) ? linked : only
    const type = types.get(path ?? '')
    for (const element of childrenOf(childOf(entry, 'content'), 'IntervalBlock')) {
      if (path === undefined)
        deviations.add('readingTypeMissing', 'error', `entry ${i + 1}`, reading, 'a link to a ReadingType')
      if (type !== undefined) blocks.push({ meterId: meterIdOf(reading) || alone, type, element })
    }
  }
  return blocks
}

/** Of a block the path of its MeterReading. */
function readingOf(entry: Element): string {
  const [path = ''] = [...linksOf(entry, 'self'), ...linksOf(entry, 'up')].filter((link) =>
    link.includes('/IntervalBlock'),
  )
  return path.slice(0, Math.max(0, path.lastIndexOf('/IntervalBlock')))
}

function meterIdOf(reading: string): string {
  const parts = reading.split('/')
  const at = parts.lastIndexOf('UsagePoint')
  return at === -1 ? '' : (parts[at + 1] ?? '')
}

/** The paths that an entry links to, without host and last slash. */
function linksOf(entry: Element, rel: string): readonly string[] {
  return childrenOf(entry, 'link').flatMap(({ attributes }) =>
    attributes['rel'] === rel
      ? [(attributes['href'] ?? '').replace(/^https?:\/\/[^/]{1,300}/, '').replace(/\/$/, '')]
      : [],
  )
}

function readingTypeOf(type: Element, where: string, deviations: Deviations): ReadingType | undefined {
  const uom = textOf(type, 'uom')
  const power = numberOf(textOf(type, 'powerOfTenMultiplier') || '0')
  const accumulation = textOf(type, 'accumulationBehaviour')
  const refuse = (rule: string, came: string, due: string): undefined =>
    void deviations.add(rule, 'warning', where, came, due)
  if (uom !== UOM_W && uom !== UOM_WH) return refuse('unitNotRead', `uom ${uom}`, '72 (Wh) or 38 (W)')
  if (ACCUMULATED.has(accumulation))
    return refuse(
      'accumulationNotRead',
      `accumulationBehaviour ${accumulation}`,
      '4, what each interval took',
    )
  if (!(Number.isInteger(power) && Math.abs(power) <= MOST_POWER_OF_TEN))
    return refuse('multiplierImpossible', textOf(type, 'powerOfTenMultiplier'), '-12 to 12')
  return {
    unit: uom === UOM_W ? 'W' : 'Wh',
    scale: 10 ** power * (textOf(type, 'flowDirection') === REVERSE ? -1 : 1),
    intervalLengthS: numberOf(textOf(type, 'intervalLength')),
  }
}

/** What a meter took less what it fed in, of one interval. */
interface Net {
  readonly meterId: string
  readonly fromS: number
  readonly durationS: number
  readonly directions: Set<number>
  powerW: number
}

function readBlock({ meterId, type, element }: Block, net: Map<string, Net>, deviations: Deviations): void {
  let nextS = numberOf(textOf(element, 'interval', 'start'))
  for (const reading of childrenOf(element, 'IntervalReading')) {
    const where = `meter ${meterId}`
    const period = childOf(reading, 'timePeriod')
    const fromS = period === undefined ? nextS : numberOf(textOf(period, 'start'))
    const durationS = period === undefined ? type.intervalLengthS : numberOf(textOf(period, 'duration'))
    nextS = fromS + durationS
    const value = numberOf(textOf(reading, 'value'))
    const qualities = childrenOf(reading, 'ReadingQuality').map((quality) => textOf(quality, 'quality'))
    if (Number.isNaN(value))
      deviations.add('valueMissing', 'warning', where, textOf(reading, 'value'), 'a number')
    else if (qualities.includes(QUESTIONABLE))
      deviations.add(
        'questionable',
        'warning',
        where,
        `quality ${QUESTIONABLE}`,
        'a reading its meter trusts',
      )
    else {
      const scaled = value * type.scale
      const powerW = type.unit === 'W' ? scaled : (scaled * 3600) / durationS
      addNet(
        net,
        { meterId, fromS, durationS, directions: new Set([Math.sign(type.scale)]), powerW },
        deviations,
      )
    }
  }
}

/** The two directions of an interval are one; the same direction twice is once too often. */
function addNet(net: Map<string, Net>, one: Net, deviations: Deviations): void {
  const { meterId, fromS, durationS } = one
  const key = `${fromS} ${durationS} ${meterId}`
  const sum = net.get(key)
  const [direction] = one.directions
  if (sum === undefined) net.set(key, one)
  else if (sum.directions.has(direction))
    deviations.add(
      'readingTwice',
      'error',
      `meter ${meterId}`,
      `start ${fromS}`,
      'one reading of a meter and time',
    )
  else {
    sum.directions.add(direction)
    sum.powerW += one.powerW
  }
}
